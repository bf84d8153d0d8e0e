using System.Diagnostics;

namespace Sync.Net.TestMember.Protocol;

/// <summary>One line on standard output.</summary>
internal sealed record MemberEvent
{
    public required EventKind Kind { get; init; }

    /// <summary>The number of the command that this is about; 0 for none.</summary>
    public long Id { get; init; }

    /// <summary>When, by <see cref="Stopwatch"/>: the same clock in every process of a machine.</summary>
    public long At { get; init; }

    public CallResult? Result { get; init; }

    public CallFailure? Failure { get; init; }

    /// <summary>A line of the library's log.</summary>
    public string? Text { get; init; }
}

internal enum EventKind
{
    Ready,

    /// <summary>The library has returned the call's task.</summary>
    Started,
    Done,
    Failed,
    Log,
}
