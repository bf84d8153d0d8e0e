namespace Sync.Net.Runner.Plans;

/// <summary>Collects what is wrong, so that all of it is told at once.</summary>
internal sealed class PlanFaults
{
    private readonly List<PlanFault> _faults = [];

    public void Add(string source, PlanNode node, string text) => _faults.Add(new PlanFault(source, node.Line, node.Path, text));

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PlanFault> All => [.. _faults.OrderBy(static fault => fault.Source, StringComparer.Ordinal).ThenBy(static fault => fault.Line)];

    /// <exception cref="PlanException">There are some.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0) throw new PlanException(All);
    }
}
