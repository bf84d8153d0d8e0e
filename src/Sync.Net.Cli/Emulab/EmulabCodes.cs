namespace Sync.Net.Cli.Emulab;

/// <summary>How Emulab's commands end, beside 0 and the codes of their members.</summary>
internal static class EmulabCodes
{
    public const int Usage = 64;
    public const int NoSuchHost = 68;

    /// <summary>The server died, spoke nonsense, or could not do what was asked.</summary>
    public const int Server = 76;

    public const int Cleared = 240;

    /// <summary>The largest code that was reported; members in C# may report larger ones than Emulab has.</summary>
    public static int Of(CountedResult result) => Math.Min(result.Code, EmulabRequest.MaxCode);

    public static int Of(SyncFailureKind kind) => kind == SyncFailureKind.Cleared ? Cleared : Server;
}
