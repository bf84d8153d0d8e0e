using System.Globalization;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Counted barriers.</summary>
internal sealed class CountVerb : MemberVerb
{
    public override Syntax Syntax => Syntax.OfMember(
        "count init N|--members A,B,… [NAME] | add N [NAME] | wait [NAME] [--participants N] | clear [NAME] [--code N]",
        1,
        3,
        ["--participants", "--members", "--code"]);

    protected override void Check(Line line)
    {
        (string action, _, _) = Parts(line);
        bool codeFits = action != "clear" && line.Get("--members") is null;
        if (line.Get("--code") is { } code)
        {
            Operands.Number(code, "--code", 0);
            if (!codeFits) throw new UsageException("--code does not go with this");
        }
        if (line.Get("--participants") is { } participants)
        {
            Operands.Number(participants, "--participants", 1);
            if (action != "wait") throw new UsageException("--participants goes with wait");
        }
        if (line.Get("--members") is not null && action != "init") throw new UsageException("--members goes with init");
    }

    protected override async Task<int> RunAsync(
        SyncGroup group, Line line, Printer output, Deadline deadline, CancellationToken cancellationToken)
    {
        (string action, int number, string name) = Parts(line);
        CountedBarrier barrier = group.CountedBarrier(name);
        int code = line.Get("--code") is { } text ? Operands.Number(text, "--code", 0) : 0;
        switch (action)
        {
            case "init" when line.Get("--members") is { } members:
                Print(await barrier.InitializeAsync(Operands.List(members), deadline.Left, cancellationToken), output);
                break;
            case "init":
                Print(await barrier.InitializeAsync(number, code, deadline.Left, cancellationToken), output);
                break;
            case "add":
                await barrier.AddAsync(number, code, deadline.Left, cancellationToken);
                break;
            case "wait":
                int? participants = line.Get("--participants") is { } count ? Operands.Number(count, "--participants", 1) : null;
                Print(await barrier.WaitAsync(participants, code, deadline.Left, cancellationToken), output);
                break;
            default:
                await barrier.ClearAsync(cancellationToken);
                break;
        }
        return ExitCodes.Success;
    }

    private static (string Action, int Number, string Name) Parts(Line line)
    {
        string action = line.Operands[0];
        if (action is not ("init" or "add" or "wait" or "clear")) throw new UsageException($"'{action}' is none of init, add, wait, clear");
        bool hasNumber = action == "add" || (action == "init" && line.Get("--members") is null);
        if (hasNumber && line.Operands.Count < 2) throw new UsageException($"{action} needs a number");
        int name = hasNumber ? 2 : 1;
        if (line.Operands.Count > name + 1) throw new UsageException($"'{line.Operands[name + 1]}' is one operand too many");
        return (action, hasNumber ? Operands.Number(line.Operands[1], "N", 1) : 0, line.Operand(name) ?? "barrier");
    }

    /// <summary>The highest code that anybody reported.</summary>
    private static void Print(CountedResult met, Printer output)
    {
        if (!output.IsJson)
        {
            output.Value(met.Code.ToString(CultureInfo.InvariantCulture));
            return;
        }
        output.Json(json =>
        {
            json.WriteStartObject();
            MeetingJson.WriteFacts(json, met.Meeting);
            json.WriteNumber("code", met.Code);
            json.WriteStartArray("codeReportedBy");
            foreach (string member in met.CodeReportedBy) json.WriteStringValue(member);
            json.WriteEndArray();
            json.WriteStartArray("counted");
            foreach (string member in met.Counted) json.WriteStringValue(member);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
