namespace Sync.Net.Runner.Reports;

/// <summary>How a case ended, in the words that JUnit and TAP share.</summary>
internal enum CaseClass
{
    Passed = 0,
    Skipped = 1,
    Failed = 2,
    Error = 3,
}

/// <summary>A case of a report: a wait, a member's verdict, or the run's.</summary>
internal sealed record RunCase
{
    /// <summary>Unique in its suite.</summary>
    public required string Name { get; init; }

    public required CaseClass Class { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>Why it did not pass, in one line; empty if it did.</summary>
    public string Message { get; init; } = "";

    /// <summary>The outcome in a word.</summary>
    public required string Type { get; init; }

    /// <summary>What else is to tell, such as who was last; may be empty.</summary>
    public string Details { get; init; } = "";
}
