using System.Net;

namespace Sync.Net.Cli.Emulab;

/// <summary>Where clients of Emulab's are served, and what bounds them.</summary>
internal sealed class EmulabServerOptions
{
    public const int DefaultPort = 16534;

    /// <summary>Where to listen, by TCP and UDP; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Allows an address that other machines reach. The protocol knows no key: whoever reaches it takes part.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>The open group that the clients are members of.</summary>
    public string Group { get; init; } = "emulab";

    /// <summary>How long a client may take to send its 76 bytes.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most clients at a time; more are told that the server can't.</summary>
    public int MaxClients { get; init; } = 20_000;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
