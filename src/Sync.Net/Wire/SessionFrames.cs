namespace Sync.Net.Wire;

[Flags]
internal enum EnterFlags
{
    None = 0,

    /// <summary>Ask every silent member again before the release (autotest's ping).</summary>
    ConfirmRelease = 1,

    /// <summary>Wait for the return of a lost member instead of failing at once.</summary>
    WaitForReturn = 2,

    /// <summary>Send the order of arrival above the size where it goes along by itself.</summary>
    WantArrivals = 4,

    /// <summary>The roster names only some of the members: the master knows the whole one.</summary>
    PartialRoster = 8,

    /// <summary>Wait without being one of the roster (a master that only serves).</summary>
    Observe = 16,

    /// <summary>A Try call: its deadline harms nobody, and its wait is not counted on to last.</summary>
    Quiet = 32,

    /// <summary>The roster is the group's declared members, whom the server knows.</summary>
    WholeGroup = 64,

    /// <summary>Of messages: the caller's own do not count.</summary>
    ExcludeSelf = 128,

    /// <summary>Sent along with a declaration of the group, without waiting for its answer: refused unless that was accepted.</summary>
    AfterDeclaration = 256,
}

internal enum WithdrawReason : byte
{
    /// <summary>The caller cancelled.</summary>
    Cancelled = 0,

    /// <summary>The member's own deadline passed.</summary>
    TimedOut = 1,

    /// <summary>The deadline of a Try call passed: nobody else is to be harmed.</summary>
    GaveUpQuietly = 2,
}

/// <summary>Contribute to a session and wait for its condition.</summary>
/// <param name="Request">The member's number of this request; sent again with the same number, it gets the same answer.</param>
/// <param name="Ack">How many answers (Answer and Decision frames) this connection has received so far.</param>
/// <param name="Session">Kind and name.</param>
/// <param name="ExpectedGeneration">The generation that the member believes it enters; 0 when it can't know.</param>
/// <param name="Flags">Options of the call.</param>
/// <param name="RosterHash">Hash of the roster, see <see cref="Roster"/>.</param>
/// <param name="Members">The roster itself; null when the server is believed to know it by its hash.</param>
/// <param name="Data">What the member gives; null for nothing.</param>
/// <param name="Contract">The name of the data's type; null or empty is not checked.</param>
/// <param name="From">Whose data is wanted in the answer; null for everybody's.</param>
/// <param name="Ask">What is asked of the session; null in a barrier or an exchange of data, where there is one thing to ask.</param>
internal readonly partial record struct EnterFrame(
    long Request,
    long Ack,
    SessionKey Session,
    long ExpectedGeneration,
    EnterFlags Flags,
    ulong RosterHash,
    IReadOnlyList<string>? Members,
    ReadOnlyMemory<byte>? Data,
    string? Contract,
    IReadOnlyList<string>? From,
    Ask? Ask);

/// <summary>Take an enter back, or ask at its deadline whether it was met.</summary>
internal readonly partial record struct WithdrawFrame(long Request, long Ack, WithdrawReason Reason, TimeSpan Waited);

/// <summary>Break the current, or the next, generation of a session for all.</summary>
internal readonly partial record struct AbortFrame(
    long Request,
    long Ack,
    SessionKey Session,
    ulong RosterHash,
    IReadOnlyList<string>? Members,
    string Reason);

/// <summary>After a reconnect: every request below <paramref name="Next"/> but the open ones is done with.</summary>
internal readonly partial record struct ResumeFrame(long Next, IReadOnlyList<long> Open);

/// <summary>The server does not know the roster of this request: send it again with the members.</summary>
internal readonly partial record struct NeedRosterFrame(long Request);

/// <summary>The answer to one request; generation 0 when the outcome is the request's own and decided none.</summary>
internal readonly partial record struct AnswerFrame(long Request, SessionKey Session, long Generation, Outcome Outcome);

/// <summary>The outcome of a generation, for each wait that this connection has open in it.</summary>
internal readonly partial record struct DecisionFrame(SessionKey Session, long Generation, Outcome Outcome);

/// <summary>Contributions of a result that is too large for one frame; the Answer or Decision follows.</summary>
internal readonly partial record struct PartFrame(SessionKey Session, long Generation, IReadOnlyList<Contribution> Contributions);
