using Sync.Net.Wire;

namespace Sync.Net.Texts;

/// <summary>What programs read in place of enum members.</summary>
internal static class Words
{
    public static string Of(SyncFailureKind kind) => kind switch
    {
        SyncFailureKind.Timeout => "timeout",
        SyncFailureKind.MemberLost => "member-lost",
        SyncFailureKind.MemberLeft => "member-left",
        SyncFailureKind.MemberFailed => "member-failed",
        SyncFailureKind.Aborted => "aborted",
        SyncFailureKind.Mismatch => "mismatch",
        SyncFailureKind.Deadlock => "deadlock",
        SyncFailureKind.Cleared => "cleared",
        SyncFailureKind.ServerLost => "server-lost",
        SyncFailureKind.Refused => "refused",
        SyncFailureKind.Payload => "payload",
        _ => "failed",
    };

    /// <summary>What a call does; null for one that only looks on.</summary>
    public static string? Of(Act act, SessionKind session) => act switch
    {
        Act.Meet => session == SessionKind.Data ? "data" : "barrier",
        Act.Wait => "count-wait",
        Act.Initialize => "count-init",
        Act.Add => "count-add",
        Act.Clear => "count-clear",
        Act.Send => "send",
        Act.Receive => "wait",
        Act.ReceiveAll => "wait-all",
        Act.Sync => "sync",
        Act.SetState => "state-set",
        Act.WaitForStates => "state-wait",
        Act.Declare => "join",
        Act.WaitForMembers => "members-wait",
        Act.Fail => "fail",
        Act.Abort or Act.AbortAll => "abort",
        _ => null,
    };
}
