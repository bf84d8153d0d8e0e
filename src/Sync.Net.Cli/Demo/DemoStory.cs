using System.Diagnostics;
using System.Globalization;

namespace Sync.Net.Cli.Demo;

/// <summary>The demo's events as lines for people, in the order of time.</summary>
internal static class DemoStory
{
    public static IEnumerable<string> Of(IReadOnlyList<DemoEvent> events)
    {
        foreach (DemoEvent told in events)
        {
            TimeSpan since = Stopwatch.GetElapsedTime(events[0].At, told.At);
            yield return string.Create(CultureInfo.InvariantCulture, $"{since.TotalSeconds,7:F3} s  {told.Member,-6} {Words(told)}");
        }
    }

    private static string Words(DemoEvent told) => told.Step switch
    {
        DemoStep.Started when told.Member == DemoMember.Master => $"process {told.ProcessId} hosts the server at {told.Endpoint}",
        DemoStep.Started => $"process {told.ProcessId} uses the server at {told.Endpoint}",
        DemoStep.Arrives when told.Given is { } given => $"gives '{given}' in '{told.Session}'",
        DemoStep.Arrives => $"arrives at '{told.Session}'",
        DemoStep.Met => $"{Passed(told)} '{told.Session}' with {told.Count} members, generation {told.Generation}, after {Waited(told)}{Last(told)}",
        DemoStep.Done => "is done",
        _ => $"failed: {told.Error}",
    };

    private static string Passed(DemoEvent told) => told.Received is null ? "passes" : $"has all {told.Received.Count} values of";

    private static string Waited(DemoEvent told) => string.Create(CultureInfo.InvariantCulture, $"{told.Waited.TotalMilliseconds:F1} ms");

    private static string Last(DemoEvent told) => told.Member == told.Straggler ? " (came last)" : "";
}
