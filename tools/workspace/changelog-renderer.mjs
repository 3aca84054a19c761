/** Changelog of one project for `nx release`: what its own commits say, and those without a scope that changed its files. */
import renderer from 'nx/release/changelog-renderer';

export default class ChangelogRenderer extends renderer.default {
  filterChanges(changes, project) {
    const ofProject = super.filterChanges(changes, project);
    return project === null ? ofProject : ofProject.filter(({ scope }) => !scope || scope === project);
  }
}
