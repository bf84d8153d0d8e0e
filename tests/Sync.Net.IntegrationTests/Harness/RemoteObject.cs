using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>An object of the library in a member's process.</summary>
internal abstract class RemoteObject(Member member, string target)
{
    public Member Member => member;

    public string Target => target;

    public PendingCall Dispose() => Send(new Command { Id = 0, Op = Ops.Dispose });

    protected PendingCall Send(Command command) => member.Process.Send(command with { Target = target });
}
