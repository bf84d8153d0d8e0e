namespace Sync.Net.Runner;

/// <summary>What became of a member, or of a whole run.</summary>
/// <remarks>Source: Avocado's statuses (V8).</remarks>
public enum Verdict
{
    /// <summary>It did what it was to do: its command ended with 0, and nothing that was waited for was missed.</summary>
    Pass = 0,

    /// <summary>It passed, and something about it deserves a look.</summary>
    Warn = 1,

    /// <summary>It did not take part, and nobody waited for it.</summary>
    Skip = 2,

    /// <summary>It ended with another exit code, by a signal, or too early.</summary>
    Fail = 3,

    /// <summary>It could not be started, or its host was lost.</summary>
    Error = 4,

    /// <summary>It was ended from outside: by the timeout, by the caller, or because the run was over.</summary>
    Interrupted = 5,
}
