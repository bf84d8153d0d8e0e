using Sync.Net.Benchmarks.Latency;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>One of the sides that take turns.</summary>
internal interface ISide
{
    string Name { get; }

    /// <summary>How many rounds a run of so many members has, and how many of them count.</summary>
    RunPlan PlanFor(int members);

    /// <summary>Does the run; each member leaves its times in the directory, as <see cref="Measuring.TimesFile"/> has them.</summary>
    Task RunAsync(RunPlan plan, string directory, CancellationToken cancellationToken);
}
