using System.ComponentModel;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;
using Sync.Net.Cli.Processes;

namespace Sync.Net.Cli.Verbs;

/// <summary>Holds the member's seat while a command runs, so that its death is noticed at once.</summary>
internal sealed class HoldVerb : Verb
{
    private const int NoSuchFile = 2;

    public override Syntax Syntax => Syntax.OfMember("hold -- CMD [ARG …]", 0, 0) with { TakesCommand = true };

    public override bool ListensAtOnce => true;

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        if (line.Literals.Length == 0) throw new UsageException("a command is missing after --");
        // A new start of the member, which its commands learn by the environment.
        Environment.SetEnvironmentVariable(MemberOptions.Incarnation, Guid.NewGuid().ToString());
        SyncGroup group = await SyncGroup.JoinAsync(MemberOptions.From(line), cancellationToken);
        await using (group)
        {
            // The name of an open group's member is the server's to hear, and the commands' to share.
            Environment.SetEnvironmentVariable(MemberOptions.Member, group.Self);
            int code = await RunAsync(line.Literals);
            return await EndAsync(group, line.Literals[0], code);
        }
    }

    /// <summary>The command's exit code, as a shell has it.</summary>
    private static async Task<int> RunAsync(string[] command)
    {
        try
        {
            using HeldProcess process = HeldProcess.Start(command);
            return await process.EndAsync();
        }
        catch (Win32Exception e)
        {
            return Tool.Fail(e.NativeErrorCode == NoSuchFile ? ExitCodes.NotFound : ExitCodes.CannotStart, $"hold: '{command[0]}' can't be started: {e.Message}");
        }
    }

    private static async Task<int> EndAsync(SyncGroup group, string name, int code)
    {
        if (group.ConnectionLost.IsCancellationRequested)
        {
            Tool.Fail(ExitCodes.ServerLost, $"hold: the server was lost while '{name}' ran; it ended with {code}");
            return code == 0 ? ExitCodes.ServerLost : code;
        }
        if (code == 0)
        {
            await group.LeaveAsync();
            return code;
        }
        try
        {
            await group.FailAsync($"'{name}' ended with exit code {code}");
        }
        catch (Exception e) when (e is ISyncFailure)
        {
            Tool.Fail(code, $"hold: '{name}' ended with {code}, which nobody could be told: {e.Message}");
        }
        return code;
    }
}
