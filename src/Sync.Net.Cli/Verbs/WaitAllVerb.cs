using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;

namespace Sync.Net.Cli.Verbs;

/// <summary>Waits until all members, all of a role or all of a list have sent a message.</summary>
internal sealed class WaitAllVerb : ReceiveVerb
{
    public override Syntax Syntax =>
        Syntax.OfMember($"wait-all ID [ROLE | --of A,B,…] [--others] {PrintingUsage}", 1, 2, [.. Printing, "--of"], ["--others"]);

    protected override void Check(Line line)
    {
        base.Check(line);
        if (line.Get("--of") is not null && (line.Operands.Count > 1 || line.Has("--others"))) throw new UsageException("--of names the members, so neither a role nor --others goes with it");
    }

    protected override Task<SyncMessages> ReceiveAsync(SyncGroup group, Line line, Deadline deadline, CancellationToken cancellationToken) =>
        line.Get("--of") is { } members
            ? group.WaitAllAsync(line.Operands[0], Operands.List(members), deadline.Left, cancellationToken)
            : group.WaitAllAsync(line.Operands[0], line.Operand(1), deadline.Left, !line.Has("--others"), cancellationToken);
}
