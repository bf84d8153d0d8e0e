using Sync.Net.Arguments;
using Sync.Net.Configuration;

namespace Sync.Net;

public sealed partial class SyncOptions
{
    /// <summary>Whether this process was told an endpoint or a member id by <c>SYNC_NET_ENDPOINT</c> or <c>SYNC_NET_MEMBER</c>.</summary>
    public static bool IsInEnvironment =>
        Environment.GetEnvironmentVariable(SyncEnvironment.Endpoint) is not null
        || Environment.GetEnvironmentVariable(SyncEnvironment.Member) is not null;

    /// <summary>Reads the variables <c>SYNC_NET_*</c>; the only place where the environment is read.</summary>
    /// <returns>New options; what the environment does not say has its default.</returns>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>SYNC_NET_ENDPOINT</c></term><description><see cref="Endpoint"/></description></item>
    /// <item><term><c>SYNC_NET_GROUP</c></term><description><see cref="Group"/></description></item>
    /// <item><term><c>SYNC_NET_MEMBER</c></term><description><see cref="Member"/></description></item>
    /// <item><term><c>SYNC_NET_ROLE</c></term><description><see cref="Role"/></description></item>
    /// <item><term><c>SYNC_NET_ROSTER</c></term><description><see cref="Roster"/>: <c>db1=server,web1=client,web2=client</c>; the role may be left out.</description></item>
    /// <item><term><c>SYNC_NET_ROLES</c></term><description><see cref="Roles"/>: <c>client*3,server*1</c>; not together with <c>SYNC_NET_ROSTER</c>.</description></item>
    /// <item><term><c>SYNC_NET_ESSENTIAL</c></term><description><see cref="EssentialRoles"/>: <c>server,database</c>.</description></item>
    /// <item><term><c>SYNC_NET_MASTER</c></term><description><see cref="Master"/></description></item>
    /// <item><term><c>SYNC_NET_KEY</c></term><description><see cref="Key"/></description></item>
    /// <item><term><c>SYNC_NET_KEY_FILE</c></term><description>A file that holds the key, in place of <c>SYNC_NET_KEY</c>; line ends after it are left out.</description></item>
    /// <item><term><c>SYNC_NET_TIMEOUT</c></term><description><see cref="Timeout"/>: seconds such as <c>90</c> or <c>0.5</c>, <c>5m</c>, <c>1h30m</c>, or <c>infinite</c>.</description></item>
    /// <item><term><c>SYNC_NET_RECORD</c></term><description><see cref="RecordFile"/></description></item>
    /// <item><term><c>SYNC_NET_RECONNECT_WINDOW</c></term><description><see cref="ReconnectWindow"/>: as <c>SYNC_NET_TIMEOUT</c>, at most a day.</description></item>
    /// <item><term><c>SYNC_NET_INCARNATION</c></term><description>Which start of the member this is: a whole number or a GUID.</description></item>
    /// </list>
    /// A variable that is set but empty is an error: unset it instead.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A variable is not usable. The text names each of them and says what to write.</exception>
    public static SyncOptions FromEnvironment() => SyncEnvironment.Read(Environment.GetEnvironmentVariable);

    /// <summary>The variables with which a process of another member gets the same options from <see cref="FromEnvironment"/>.</summary>
    /// <param name="member">The member's id.</param>
    /// <param name="role">The member's role, if it has one.</param>
    /// <returns>Names and values, the key among them. Remove the other <c>SYNC_NET_*</c> variables from the process's environment.</returns>
    /// <remarks>
    /// Endpoint, group, roster, roles, essential roles, master, key, timeout, the record's file and the reconnect window are told; what has no variable (<see cref="Port"/>, <see cref="Endpoints"/> and
    /// the rest) is not. Processes that are told an <see cref="Endpoint"/> need none of it.
    /// </remarks>
    /// <exception cref="ArgumentException">The id, the role or an option is not usable, or a name of the group can't be written in a variable.</exception>
    public IReadOnlyDictionary<string, string> ToEnvironment(string member, string? role = null)
    {
        Validate();
        _ = MemberId.Parse(member, nameof(member), Limits.MaxNameBytes);
        if (role is not null) _ = NameArgument.Check(role, "role", nameof(role), Limits.MaxNameBytes);
        if (GroupText.Inexpressible(this) is { } name)
        {
            throw new ArgumentException(
                $"The group can't be told by SYNC_NET_ROSTER or SYNC_NET_ROLES, because of the name '{name}': ids there hold no comma (nor '=' without a role), roles no ',', '=' or '*'.");
        }
        return SyncEnvironment.Write(this, member, role);
    }
}
