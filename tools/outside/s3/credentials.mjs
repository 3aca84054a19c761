/** Of the one user of the gateway. */
export const accessKeyId = 'outside-proof';
export const secretAccessKey = 'outside-proof-s3cret';
export const region = 'us-east-1';
