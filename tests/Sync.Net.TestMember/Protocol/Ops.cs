namespace Sync.Net.TestMember.Protocol;

/// <summary>What a command may ask for.</summary>
internal static class Ops
{
    public const string Barrier = "barrier";
    public const string Data = "data";
    public const string Server = "server";

    /// <summary>Joins a group.</summary>
    public const string Group = "group";

    public const string Send = "send";
    public const string Wait = "wait";
    public const string WaitAll = "wait-all";
    public const string SyncAll = "sync-all";
    public const string Count = "count";
    public const string Initialize = "initialize";
    public const string SetState = "set-state";
    public const string WaitForStates = "wait-for-states";
    public const string WaitForMembers = "wait-for-members";
    public const string Members = "members";
    public const string Fail = "fail";

    /// <summary>Returns when the group's server is lost.</summary>
    public const string Lost = "lost";

    public const string Rendezvous = "rendezvous";
    public const string Try = "try";
    public const string RendezvousServers = "rendezvous-servers";
    public const string Sync = "sync";
    public const string Read = "read";
    public const string SingleSync = "single-sync";
    public const string Abort = "abort";
    public const string Stop = "stop";

    /// <summary>How many bytes the server's process has allocated so far.</summary>
    public const string Allocated = "allocated";

    public const string Dispose = "dispose";
    public const string Cancel = "cancel";

    /// <summary>The same name again and again, <see cref="Command.Count"/> times.</summary>
    public const string Loop = "loop";

    /// <summary><see cref="Command.Count"/> sessions of one object at once.</summary>
    public const string Many = "many";

    /// <summary>Dispose everything, then end with 0.</summary>
    public const string Exit = "exit";

    /// <summary>End at once, without a goodbye.</summary>
    public const string Die = "die";
}
