namespace Sync.Net.TestMember.Protocol;

/// <summary>What a command may ask for.</summary>
internal static class Ops
{
    public const string Barrier = "barrier";
    public const string Data = "data";
    public const string Server = "server";

    public const string Rendezvous = "rendezvous";
    public const string Try = "try";
    public const string RendezvousServers = "rendezvous-servers";
    public const string Sync = "sync";
    public const string Read = "read";
    public const string SingleSync = "single-sync";
    public const string Abort = "abort";
    public const string Stop = "stop";
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
