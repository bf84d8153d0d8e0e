using System.Text;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

/// <summary>The file in which scripts find the data of their last wait.</summary>
internal sealed class LavaCache(string path)
{
    public const string DefaultPath = "/tmp/lava_multi_node_cache.txt";
    public const string Variable = "SYNC_NET_CACHE";

    /// <exception cref="UsageException">The variable is set and empty.</exception>
    public static LavaCache OfEnvironment()
    {
        string path = Environment.GetEnvironmentVariable(Variable) ?? DefaultPath;
        return path.Length > 0 ? new LavaCache(path) : throw new UsageException($"{Variable} is set but empty: unset it, or give it a path");
    }

    /// <summary>Whole or not at all; no data, no file.</summary>
    public void Write(string lines)
    {
        if (lines.Length == 0) Remove();
        else AtomicFile.Write(path, Encoding.UTF8.GetBytes(lines));
    }

    public void Remove() => File.Delete(path);
}
