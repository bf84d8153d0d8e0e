namespace Sync.Net.Runner;

/// <summary>What part a member has in the failure of a run.</summary>
public enum FailureShare
{
    /// <summary>None: it did not fail.</summary>
    None = 0,

    /// <summary>It failed by itself, before or without anybody else.</summary>
    RootCause = 1,

    /// <summary>It failed, or was ended, because another member did.</summary>
    Collateral = 2,

    /// <summary>It never started, because what it was to wait for did not come.</summary>
    NotReached = 3,
}
