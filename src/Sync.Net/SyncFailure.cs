using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

/// <summary>The facts of a failed wait.</summary>
/// <remarks>Lists are complete, also where the exception's text shortens them.</remarks>
public sealed class SyncFailure
{
    internal SyncFailure()
    {
    }

    /// <summary>What ended the wait.</summary>
    public SyncFailureKind Kind { get; internal init; }

    /// <summary>The barrier's tag or the session's id; null if the failure concerns none.</summary>
    public string? Session => SessionKey?.Name;

    internal SessionKey? SessionKey { get; init; }

    /// <summary>Which meeting under that name, from 1; 0 if none was entered.</summary>
    public long Generation { get; internal init; }

    /// <summary>The id of the member that failed to meet: the caller's.</summary>
    public string Self { get; internal init; } = "";

    /// <summary>Who was needed.</summary>
    public IReadOnlyList<string> Expected { get; internal init; } = [];

    /// <summary>Who had arrived, or given.</summary>
    public IReadOnlyList<string> Arrived { get; internal init; } = [];

    /// <summary>Who had not, with what is known of each.</summary>
    public IReadOnlyList<GroupMember> Missing { get; internal init; } = [];

    /// <summary>The id of the member that caused the failure, if one did.</summary>
    public string? Culprit { get; internal init; }

    /// <summary>Why, in a line; null if the kind says it all.</summary>
    public string? Reason { get; internal init; }

    /// <summary>A likely cause or a remedy, in a line; null if there is none to tell.</summary>
    public string? Hint { get; internal init; }

    /// <summary>How long the caller had waited.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>The server's address; null if none was chosen yet.</summary>
    public string? Endpoint { get; internal init; }

    /// <summary>The decision was not learned: others may have passed.</summary>
    public bool Undecided { get; internal init; }

    /// <summary>The failure in one line of whole words, as in the exception's message.</summary>
    /// <returns>The line; lists of more than eight names are shortened in it.</returns>
    public override string ToString() => FailureText.Of(this);
}
