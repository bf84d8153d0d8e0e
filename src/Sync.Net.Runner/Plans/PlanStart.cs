namespace Sync.Net.Runner.Plans;

/// <summary>When a role starts (L9): after a message, after others have joined, after a while.</summary>
internal sealed record PlanStart(PlanNode Node, string? Message, string? Role, string? Member, TimeSpan Delay)
{
    public StartCondition Condition => (Message, Role, Member) switch
    {
        ({ } message, _, _) => StartCondition.AfterMessage(message, Role) with { Delay = Delay },
        (_, { } role, _) => StartCondition.AfterRole(role) with { Delay = Delay },
        (_, _, { } member) => StartCondition.AfterMember(member) with { Delay = Delay },
        _ => StartCondition.AfterDelay(Delay),
    };

    public static PlanStart Read(PlanObject entry)
    {
        var start = new PlanStart(entry.Node, entry.Text("message"), entry.Text("role"), entry.Text("member"), entry.Duration("delay") ?? default);
        entry.RefuseOthers();
        if (start.Member is not null && (start.Role is not null || start.Message is not null)) entry.Fault(entry.Node.Members["member"], "stands alone: remove 'role' and 'message', or name the role");
        if (start is { Message: null, Role: null, Member: null } && start.Delay == default) entry.Fault(entry.Node, "waits for nothing: name a message, a role, a member or a delay");
        return start;
    }
}
