using System.Text;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Each member may give a value, and all get what was given.</summary>
internal sealed class DataVerb : MemberVerb
{
    public override Syntax Syntax =>
        Syntax.OfMember("data SESSION [VALUE | -] [--roster A,B,…] [--get MEMBER | --only] [--cache FILE]", 1, 2, ["--roster", "--get", "--cache"], ["--only"]);

    protected override void Check(Line line)
    {
        if (line.Get("--get") is not null && line.Has("--only")) throw new UsageException("--get and --only ask for different things");
    }

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        string[]? roster = line.Get("--roster") is { } text ? Operands.List(text) : null;
        string? value = line.IsInput(1) ? await Input.TextAsync(cancellationToken) : line.Operand(1);
        await using SyncData<string> data = group.Data<string>(line.Operands[0], roster);
        // Without a timeout of its own an exchange has one of 60 s, as autotest's.
        SyncResult<string> all = value is null
            ? await data.ReadAsync(deadline.Left, cancellationToken: cancellationToken)
            : await data.SyncAsync(value, deadline.Left, cancellationToken: cancellationToken);
        return Print(line, output, all);
    }

    private int Print(Line line, Printer output, SyncResult<string> all)
    {
        CacheOf(line)?.Write(JsonOf(all));
        if (line.Get("--get") is { } member)
        {
            if (!all.TryGetValue(member, out string? one)) return Tool.Fail(ExitCodes.NoSuchKey, $"'{member}' gave nothing in '{line.Operands[0]}'");
            output.Value(one);
        }
        else if (line.Has("--only"))
        {
            if (all.Count != 1) return Tool.Fail(ExitCodes.NoSuchKey, $"{all.Count} members gave a value in '{line.Operands[0]}', not one");
            output.Value(all.OnlyValue);
        }
        else
        {
            output.Raw(Encoding.UTF8.GetString(JsonOf(all)));
        }
        return ExitCodes.Success;
    }

    private static byte[] JsonOf(SyncResult<string> all) => Printer.BytesOf(json =>
    {
        json.WriteStartObject();
        foreach (string member in all.Keys.Order(StringComparer.Ordinal)) json.WriteString(member, all[member]);
        json.WriteEndObject();
    });
}
