namespace Sync.Net.Runner;

/// <summary>One wait of one member: a case of the run (L10).</summary>
public sealed record WaitRecord
{
    /// <summary>Who waited.</summary>
    public required string Member { get; init; }

    /// <summary>The kind of session, for people: <c>barrier</c>, <c>data</c>, <c>counted barrier</c>, <c>message</c>, <c>state</c>, <c>group</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The session's name.</summary>
    public required string Session { get; init; }

    /// <summary>What was asked of the session, in lower case with dashes: <c>meet</c>, <c>wait</c>, <c>wait-all</c>, <c>sync</c>, …</summary>
    public required string Act { get; init; }

    /// <summary>Which use of the session the wait belonged to; 0 where there are none, or none was reached.</summary>
    public long Generation { get; init; }

    /// <summary>When it began, by the clock of the server's host.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it ended, by the clock of the server's host; null if it had not when the run ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether it was met.</summary>
    public bool IsMet { get; init; }

    /// <summary>How it ended: <c>released</c>, <c>withdrawn</c>, <c>timeout</c>, <c>member-lost</c>, <c>member-left</c>, <c>member-failed</c>,
    /// <c>aborted</c>, <c>mismatch</c>, <c>deadlock</c>, <c>cleared</c>, <c>refused</c>, <c>server-lost</c>, or <c>open</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who came last; null if that is not known or nobody else took part.</summary>
    public string? Straggler { get; init; }

    /// <summary>The member that ended it without it being met; null if none did.</summary>
    public string? Culprit { get; init; }

    /// <summary>Who was missing when it failed.</summary>
    public IReadOnlyList<string> Missing { get; init => field = value ?? []; } = [];

    /// <summary>One line that says why it failed; null if it was met.</summary>
    public string? Text { get; init; }

    /// <summary>How long it waited; until the end of the run if it is open.</summary>
    /// <param name="runEnded">The end of the run.</param>
    /// <returns>Zero or more.</returns>
    public TimeSpan Waited(DateTimeOffset runEnded) => (Ended ?? runEnded) - Began;
}
