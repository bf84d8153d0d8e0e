using System.Text;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

/// <summary>The three that wait for messages and hand on their data.</summary>
internal sealed class LavaReceive(LavaReceive.Waits waits, LavaForm form) : LavaCommand
{
    internal enum Waits
    {
        Any,
        All,
        Sync,
    }

    private const string DefaultCache = "/tmp/lava_multi_node_cache.txt";

    public override string Usage => waits switch
    {
        Waits.Any => "lava-wait ID [--json]",
        Waits.All => "lava-wait-all ID [ROLE] [--json]",
        _ => "lava-sync ID [KEY=VALUE ...] [--json]",
    };

    protected override string Purpose => waits switch
    {
        Waits.Any => "Waits until a member has sent the message, and prints the data under its id so far.",
        Waits.All => "Waits until all members, or all of a role, have sent the message, and prints the data under its id so far.",
        _ => "Sends the message and waits until all members have come as often; prints the data.",
    };

    public override async Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        bool isJson = args is [_, .., "--json"];
        if (isJson) args = args[..^1];
        if (args.Length == 0) throw new UsageException("the message's id is missing");
        if (args.Length > (waits switch { Waits.Any => 1, Waits.All => 2, _ => int.MaxValue })) throw new UsageException($"'{args[^1]}' is one argument too many");
        Dictionary<string, string>? data = waits == Waits.Sync ? PairsOf(args.AsSpan(1)) : null;
        var cache = form == LavaForm.Today ? CacheFile.OfEnvironment() ?? new CacheFile(DefaultCache) : null;
        cache?.Remove();

        SyncOptions options = ReadOptions();
        SyncMessages messages = await ReceiveAsync(args, data, options, cancellationToken);
        var lines = new LavaLines(messages, waits == Waits.Any, form, options.Member);
        cache?.Write(Encoding.UTF8.GetBytes(lines.Text));
        if (isJson) output.Json(json => MessageText.Write(json, messages));
        else output.Raw(lines.Text);
        return ExitCodes.Success;
    }

    private async Task<SyncMessages> ReceiveAsync(
        string[] args, Dictionary<string, string>? data, SyncOptions options, CancellationToken cancellationToken)
    {
        Deadline deadline = DeadlineOf(options);
        bool includeSelf = form == LavaForm.Today;
        await using SyncGroup group = await JoinAsync(options, deadline, cancellationToken);
        return waits switch
        {
            Waits.Any => await group.WaitAsync(args[0], deadline.Left, includeSelf, cancellationToken),
            Waits.All => await group.WaitAllAsync(args[0], args.ElementAtOrDefault(1), deadline.Left, includeSelf, cancellationToken),
            _ => await group.SyncAsync(args[0], data, deadline.Left, cancellationToken),
        };
    }
}
