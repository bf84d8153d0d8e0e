using System.Text;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>A verb that waits for messages and prints them.</summary>
internal abstract class ReceiveVerb : MemberVerb
{
    protected static readonly string[] Printing = ["--get", "--from", "--cache"];

    protected const string PrintingUsage = "[--get KEY [--from MEMBER]] [--cache FILE]";

    /// <summary>Whether lines of the cache file say who sent them.</summary>
    protected virtual bool NamesSenders => true;

    protected override bool SpeaksAtOnce => true;

    /// <summary>As LAVA's waits, where the variable says so; the option is stronger.</summary>
    protected override CacheFile? CacheOf(Line line) => base.CacheOf(line) ?? CacheFile.OfEnvironment();

    protected abstract Task<SyncMessages> ReceiveAsync(SyncGroup group, Line line, Deadline deadline, CancellationToken cancellationToken);

    protected override void Check(Line line)
    {
        if (line.Get("--from") is not null && line.Get("--get") is null) throw new UsageException("--from goes with --get");
    }

    protected sealed override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        SyncMessages messages = await ReceiveAsync(group, line, deadline, cancellationToken);
        CacheOf(line)?.Write(BytesOf(messages, output));
        if (line.Get("--get") is { } key) return PrintOne(messages, key, line.Get("--from"), output);
        if (output.IsJson) output.Json(json => MessageText.Write(json, messages));
        else output.Lines(MessageText.Lines(messages));
        return ExitCodes.Success;
    }

    private static int PrintOne(SyncMessages messages, string key, string? from, Printer output)
    {
        foreach (SyncMessage message in messages.Reverse())
        {
            if ((from is not null && message.Sender != from) || !message.Data.TryGetValue(key, out string? value)) continue;
            output.Value(value);
            return ExitCodes.Success;
        }
        return Tool.Fail(ExitCodes.NoSuchKey, $"no message under '{messages.Id}'{(from is null ? "" : $" of {from}")} has the key '{key}'");
    }

    private byte[] BytesOf(SyncMessages messages, Printer output)
    {
        if (output.IsJson) return Printer.BytesOf(json => MessageText.Write(json, messages));
        var lines = new StringBuilder();
        foreach (SyncMessage message in messages)
        {
            foreach ((string key, string value) in message.Data)
            {
                if (NamesSenders) lines.Append(MessageText.Escaped(message.Sender)).Append(':');
                lines.Append(MessageText.Escaped(key)).Append('=').Append(MessageText.Escaped(value)).Append('\n');
            }
        }
        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
