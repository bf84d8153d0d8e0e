using Sync.Net.Cli.CommandLine;

namespace Sync.Net.Cli.Output;

/// <summary>The file in which scripts find the data of their last wait: whole, or not at all.</summary>
internal sealed class CacheFile(string path)
{
    public const string Variable = "SYNC_NET_CACHE";

    /// <summary>The one that the environment names; null for none.</summary>
    /// <exception cref="UsageException">The variable is set and empty.</exception>
    public static CacheFile? OfEnvironment() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null => null,
        "" => throw new UsageException($"{Variable} is empty: unset it, or give it a path"),
        var path => new CacheFile(path),
    };

    /// <summary>The one that a command line names.</summary>
    /// <exception cref="UsageException">The option is empty.</exception>
    public static CacheFile? Of(Line line) => line.Get("--cache") switch
    {
        null => null,
        "" => throw new UsageException("--cache is empty: give it a path"),
        var path => new CacheFile(path),
    };

    /// <summary>No data, no file.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) Remove();
        else AtomicFile.Write(path, bytes);
    }

    /// <summary>Before a wait, so that whatever comes of it, nobody takes an earlier one's data for its.</summary>
    public void Remove() => File.Delete(path);
}
