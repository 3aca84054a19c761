/** Changelog of one project for `nx release`: what its own commits say, and those without a scope that changed its files. */
import renderer from 'nx/release/changelog-renderer';

/** Released inside another project. */
const PARTS = { predictor: ['playground'] };

export default class ChangelogRenderer extends renderer.default {
  filterChanges(changes, project) {
    const ofProject = super.filterChanges(changes, project);
    return project === null ? ofProject : ofProject.filter(({ scope }) => isOf(scope, project));
  }
}

function isOf(scope, project) {
  return !scope || scope === project || (PARTS[project] ?? []).includes(scope);
}
