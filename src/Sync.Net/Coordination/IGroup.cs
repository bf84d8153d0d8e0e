using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>What a session asks of the group that it belongs to.</summary>
internal interface IGroup
{
    CoordinatorOptions Options { get; }

    /// <summary>Who belongs to the group; null until a member has declared it.</summary>
    Roll? Roll { get; }

    /// <summary>All members that ever came.</summary>
    IReadOnlyCollection<Member> Members { get; }

    /// <summary>The members that are lost, left or failed.</summary>
    IReadOnlyCollection<Member> Gone { get; }

    IReadOnlyCollection<Session> Sessions { get; }

    long KeptBytes { get; set; }

    /// <summary>Whether there is anybody who keeps facts.</summary>
    bool KeepsFacts { get; }

    IMemberLog Log { get; }

    Member? Find(string member);

    /// <summary>A member declares the group and takes its place in it; if it can't, why.</summary>
    string? Declare(Member member, Roster lines, bool oneWaitAtATime);

    /// <summary>Something that is to outlive the server; only where <see cref="KeepsFacts"/>.</summary>
    void Keep(KeptFact fact, Turn turn);

    /// <summary>What is known of a member has changed, or (null) who belongs to the group.</summary>
    void Changed(Member? member, Turn turn);

    /// <summary>The member has failed by its own word.</summary>
    void Fail(Member member, string reason, Turn turn);

    /// <summary>Ends all open waits of the group.</summary>
    void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn);
}
