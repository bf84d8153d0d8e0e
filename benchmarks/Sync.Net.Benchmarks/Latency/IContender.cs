namespace Sync.Net.Benchmarks.Latency;

/// <summary>One of the two sides of a comparison.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>Does the run; each member leaves its times in the directory, as <see cref="Measuring.TimesFile"/> has them.</summary>
    Task RunAsync(RunPlan plan, string directory);
}
