using Sync.Net.Wire;

namespace Sync.Net.Runtime;

/// <summary>What a link tells its member. Calls come one at a time for a connection, from any thread, never under a lock of the server.</summary>
internal interface IMemberSink
{
    /// <summary>The seat is the member's; requests may be posted.</summary>
    void OnSeated(IMemberLink link, Term term);

    /// <summary>The answer to one request.</summary>
    void OnAnswer(IMemberLink link, long request, long generation, Outcome outcome);

    /// <summary>The outcome of a generation, for each enter that this member has open in the session.</summary>
    void OnDecision(IMemberLink link, SessionKey session, long generation, Outcome outcome);

    /// <summary>The server does not know the roster of a request: post it again, and the link sends the members along.</summary>
    void OnNeedRoster(IMemberLink link, long request);

    /// <summary>The server stops in good order: open enters are withdrawn.</summary>
    void OnClosing(IMemberLink link);

    /// <summary>The seat is refused, or was taken back.</summary>
    void OnRefused(IMemberLink? link, RefuseReason reason, string text);

    /// <summary>The link ended without a closing. <paramref name="stalled"/>: it is only silent, and is kept open until the next one resumes.</summary>
    void OnDown(IMemberLink link, bool stalled, string reason);
}
