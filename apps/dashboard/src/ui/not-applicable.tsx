/** A dash for a question that this host does not have; to a screen reader it is words. */
export const NotApplicable = () => (
  <span className="dim" title="Does not apply to this host">
    <span aria-hidden="true">–</span>
    <span className="visually-hidden">does not apply</span>
  </span>
);
