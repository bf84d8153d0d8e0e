namespace Sync.Net.Runner;

/// <summary>A plan is refused; nothing was started.</summary>
public sealed class PlanException : Exception
{
    internal PlanException(IReadOnlyList<PlanFault> faults)
        : base(string.Join('\n', faults)) => Faults = faults;

    /// <summary>All that is wrong with it, in the order of the file.</summary>
    public IReadOnlyList<PlanFault> Faults { get; }
}
