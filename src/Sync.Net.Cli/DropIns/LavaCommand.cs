using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;

namespace Sync.Net.Cli.DropIns;

/// <summary>What LAVA's commands have in common: a wait is 30 s long unless SYNC_NET_TIMEOUT says otherwise.</summary>
internal abstract class LavaCommand : DropInCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    protected static Deadline DeadlineOf(SyncOptions options) => new(options.Timeout ?? DefaultTimeout);

    protected static string SelfOf(SyncOptions options) =>
        options.Member ?? throw new UsageException("nothing says which member this is: set SYNC_NET_MEMBER");

    /// <summary>Pairs as they were written: only the first '=' has a meaning.</summary>
    /// <exception cref="UsageException">An argument is no pair, or a key comes twice.</exception>
    public static Dictionary<string, string>? PairsOf(ReadOnlySpan<string> args)
    {
        if (args.IsEmpty) return null;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string arg in args)
        {
            int equals = arg.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new UsageException($"'{arg}' is not of the form key=value");
            string key = arg[..equals];
            if (key.AsSpan().IndexOfAny("\n\r") >= 0) throw new UsageException("a key holds a line end");
            // .NET puts U+FFFD where an argument was no UTF-8; passing that on would change the value.
            if (arg.Contains('\uFFFD', StringComparison.Ordinal)) throw new UsageException($"the value of '{key}' is not valid UTF-8");
            if (!pairs.TryAdd(key, arg[(equals + 1)..])) throw new UsageException($"the key '{key}' is given twice");
        }
        return pairs;
    }
}
