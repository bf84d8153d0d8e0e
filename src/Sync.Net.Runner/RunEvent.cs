namespace Sync.Net.Runner;

/// <summary>Something that happened in a run, as it happens.</summary>
public abstract record RunEvent
{
    private protected RunEvent() { }

    /// <summary>When, by the runner's clock.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The run can be joined.</summary>
public sealed record RunBegan : RunEvent
{
    /// <summary>The run's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the server is.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The ids of the members, in order of their numbers.</summary>
    public required IReadOnlyList<string> Members { get; init; }
}

/// <summary>A member's command was started.</summary>
public sealed record WorkerBegan : RunEvent
{
    /// <summary>The member.</summary>
    public required string Member { get; init; }
}

/// <summary>A member is to be started by hand: paste the line on its host.</summary>
public sealed record WorkerAwaited : RunEvent
{
    /// <summary>The member.</summary>
    public required string Member { get; init; }

    /// <summary>The line for a POSIX shell there. It contains the group's key.</summary>
    public required string Line { get; init; }
}

/// <summary>A line of a member's output.</summary>
public sealed record WorkerLine : RunEvent
{
    /// <summary>The member.</summary>
    public required string Member { get; init; }

    /// <summary>The line, without its end.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it came from standard error.</summary>
    public bool IsError { get; init; }
}

/// <summary>A member's state in the group changed.</summary>
public sealed record MemberChanged : RunEvent
{
    /// <summary>The change.</summary>
    public required MemberChange Change { get; init; }
}

/// <summary>A member began to wait.</summary>
public sealed record WaitBegan : RunEvent
{
    /// <summary>The wait, open.</summary>
    public required WaitRecord Wait { get; init; }
}

/// <summary>A wait ended.</summary>
public sealed record WaitEnded : RunEvent
{
    /// <summary>The wait.</summary>
    public required WaitRecord Wait { get; init; }
}

/// <summary>A member has ended.</summary>
public sealed record WorkerEnded : RunEvent
{
    /// <summary>What became of it; the verdict may still be changed.</summary>
    public required MemberResult Result { get; init; }
}

/// <summary>The run has ended.</summary>
public sealed record RunEnded : RunEvent
{
    /// <summary>What became of it.</summary>
    public required RunResult Result { get; init; }
}
