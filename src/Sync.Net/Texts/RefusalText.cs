using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>What to do about a refusal.</summary>
internal static class RefusalText
{
    public static string? HintFor(RefuseReason why, string self) => why switch
    {
        RefuseReason.Version => "Use the same version of Sync.Net on all members.",
        RefuseReason.Key => "Give all members and the server the same key (SyncOptions.Key or SYNC_NET_KEY), or give none of them one.",
        RefuseReason.Duplicate =>
            $"Two processes use the id '{self}' in one group: give each a tag of its own, such as {self.Split('#')[0]}#other, "
            + "or give test runs that share this host a group or a port of their own (SyncOptions.Group, SyncOptions.Port).",
        RefuseReason.Replaced => $"A newer process took the seat of '{self}': start one process for each id.",
        RefuseReason.Stranger => "List this member in the roster of all members.",
        RefuseReason.Limit => "Raise the limit in the Limits of the server's options.",
        RefuseReason.Protocol => "Look which program listens there: it may not be a Sync.Net server.",
        _ => null,
    };

    public static string UnreachableHint(in CallContext call) => call.Master is { } master
        ? $"Look whether {master}, which hosts the server, has started and can be reached from {call.Self}."
        : "Look whether the server has started and can be reached from here.";
}
