namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>A piece of the critical path: from when to when it was up to which member.</summary>
/// <param name="Member">Who.</param>
/// <param name="Waits">Whether it waited; else it worked.</param>
/// <param name="From">The beginning.</param>
/// <param name="To">The end.</param>
/// <param name="Text">The piece in one line.</param>
internal sealed record PathHop(string Member, bool Waits, DateTimeOffset From, DateTimeOffset To, string Text)
{
    public TimeSpan Took => To - From;
}
