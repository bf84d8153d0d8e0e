using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>What the shell is to do; it does all of it, in this order.</summary>
internal enum EffectKind
{
    /// <summary>Give the seat to the link (welcome it).</summary>
    Seat,

    /// <summary>Refuse the link with Refusal and Text, and close it.</summary>
    Refuse,

    /// <summary>Close the link: another one, or another incarnation, has the seat.</summary>
    Evict,

    /// <summary>Ask the link for a sign of life; answer with Alive when it gives one.</summary>
    Probe,

    /// <summary>As Probe, but who was heard within the heartbeat interval counts as having answered.</summary>
    Confirm,

    /// <summary>Tell the link the Outcome of Request. A shared outcome may be sent once for all its requests of one link.</summary>
    Answer,

    /// <summary>Something worth a line in the log: Text, about Member.</summary>
    Note,

    // Only where somebody looks on (CoordinatorOptions.IsObserved); Request is the wait's own number in the group.

    /// <summary>A member began to wait, or left a message.</summary>
    Began,

    /// <summary>What had begun ended with Outcome.</summary>
    Ended,

    /// <summary>A member's state changed; Text says why.</summary>
    Became,
}

/// <summary>One effect; which fields count depends on the kind.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Link">Whom it concerns.</param>
/// <param name="Member">The member's id.</param>
/// <param name="Request">Answer: the request that is answered.</param>
/// <param name="Session">Answer: its session.</param>
/// <param name="Generation">Answer: the generation that the outcome decided; 0 when it is the request's own (turned away, taken back).</param>
/// <param name="Outcome">Answer: how the wait ended.</param>
/// <param name="From">Answer: whose contributions are wanted; null for all.</param>
/// <param name="Shared">Answer: the outcome is the generation's, the same object for every waiter.</param>
/// <param name="Refusal">Refuse: why.</param>
/// <param name="Text">Refuse, Evict, Note: one line for people.</param>
/// <param name="Sight">Began, Ended, Became: what else there is to see.</param>
internal readonly record struct Effect(
    EffectKind Kind,
    long Link,
    string Member,
    long Request = 0,
    SessionKey Session = default,
    long Generation = 0,
    Outcome? Outcome = null,
    Roster? From = null,
    bool Shared = false,
    RefuseReason Refusal = default,
    string? Text = null,
    Sight? Sight = null);

/// <summary>What somebody who looks on sees beside the effect's own fields.</summary>
/// <param name="Act">What is asked for.</param>
/// <param name="State">The member's state.</param>
/// <param name="Role">Its role.</param>
/// <param name="Waited">For how long it had waited.</param>
/// <param name="Data">What a message says.</param>
internal sealed record Sight(Act Act, MemberState State, string? Role, TimeSpan Waited = default, ReadOnlyMemory<byte>? Data = null);
