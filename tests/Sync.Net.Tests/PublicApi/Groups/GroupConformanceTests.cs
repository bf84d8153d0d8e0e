namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>
/// What groups promise, the same over every transport. A member's calls reach the server in their order, so a call that is answered
/// at once tells that the ones before it have arrived: nothing here waits for time to pass.
/// </summary>
public abstract partial class GroupConformanceTests : BoundedTest, IAsyncLifetime
{
    private readonly List<SyncGroup> _joined = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (SyncGroup each in _joined) await each.DisposeAsync();
        await StopAsync();
        Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Options with which a member reaches the server; the first call starts it.</summary>
    private protected abstract Task<SyncOptions> OptionsAsync(string member, SyncOptions declared);

    /// <summary>Ends the member's process without a word.</summary>
    private protected abstract Task EndProcessAsync(SyncGroup member);

    private protected abstract Task StopAsync();

    /// <summary>All members of a closed group, in the order of their declaration, such as <c>"a=server b=client !server"</c>.</summary>
    private protected async Task<SyncGroup[]> JoinAllAsync(string declaration, bool oneWaitAtATime = false)
    {
        SyncOptions declared = Declared(declaration, oneWaitAtATime);
        return await JoinAllAsync(declared);
    }

    private protected virtual async Task<SyncGroup[]> JoinAllAsync(SyncOptions declared)
    {
        var all = new List<SyncGroup>();
        foreach (string id in declared.Roster!.Keys) all.Add(await JoinAsync(id, declared));
        return [.. all];
    }

    /// <summary>One member; what it declares is written as <c>"a b"</c>, <c>"a=client"</c>, <c>"client*2"</c> for seats, and nothing for an open group.</summary>
    private protected Task<SyncGroup> JoinAsync(string id, string declaration, string? role = null) => JoinAsync(id, Declared(declaration), role);

    private protected async Task<SyncGroup> JoinAsync(string id, SyncOptions declared, string? role = null)
    {
        SyncOptions options = await OptionsAsync(id, declared);
        options.Role = role;
        return Keep(await SyncGroup.JoinAsync(options, Token));
    }

    private protected SyncGroup Keep(SyncGroup group)
    {
        _joined.Add(group);
        return group;
    }

    private protected static SyncOptions Declared(string declaration, bool oneWaitAtATime = false)
    {
        var declared = new SyncOptions { OneWaitAtATime = oneWaitAtATime };
        foreach (string part in declaration.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '!') declared.EssentialRoles.Add(part[1..]);
            else if (part.Split('*') is [var seats, var count]) (declared.Roles ??= new Dictionary<string, int>()).Add(seats, int.Parse(count));
            else if (part.Split('=') is [var id, var role]) (declared.Roster ??= new Dictionary<string, string?>()).Add(id, role);
            else (declared.Roster ??= new Dictionary<string, string?>()).Add(part, null);
        }
        return declared;
    }

    private protected static void CopyDeclaration(SyncOptions from, SyncOptions to)
    {
        to.Roster = from.Roster;
        to.Roles = from.Roles;
        to.EssentialRoles = [.. from.EssentialRoles];
        to.OneWaitAtATime = from.OneWaitAtATime;
    }

    /// <summary>The server has all that this member has asked so far.</summary>
    private protected async Task SettleAsync(params SyncGroup[] members)
    {
        foreach (SyncGroup member in members) await member.PeekAsync("settled", Token);
    }

    /// <summary>A member dies, and the server knows of it.</summary>
    private protected Task KillAsync(SyncGroup victim, SyncGroup witness) => GoAsync(victim, witness, () => EndProcessAsync(victim));

    /// <summary>A member leaves, and the server knows of it.</summary>
    private protected Task LeaveAsync(SyncGroup who, SyncGroup witness) => GoAsync(who, witness, () => who.LeaveAsync(Token));

    private async Task GoAsync(SyncGroup who, SyncGroup witness, Func<Task> go)
    {
        Task seen = witness.WaitAllAsync("never sent", [who.Self], Token);
        await SettleAsync(witness);
        await go();
        await FailureAsync(seen);
    }

    /// <summary>For what is told to a member without its asking.</summary>
    private protected async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private protected Task<T[]> AllAsync<T>(params Task<T>[] calls) => Task.WhenAll(calls).WaitAsync(Token);

    /// <summary>How a call failed.</summary>
    private protected async Task<SyncFailure> FailureAsync(Task call)
    {
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Token));
        Assert.DoesNotContain('\n', e.Message);
        return Assert.IsAssignableFrom<ISyncFailure>(e).Failure;
    }

    private protected async Task<SyncFailure> FailureAsync(Task call, SyncFailureKind kind, string? culprit = null)
    {
        SyncFailure failure = await FailureAsync(call);
        Assert.True((kind, culprit) == (failure.Kind, failure.Culprit), $"{failure.Kind} of {failure.Culprit}: {failure}");
        return failure;
    }

    private protected static Dictionary<string, string> Map(params (string Key, string Value)[] entries) =>
        entries.ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal);

    private protected static string[] Senders(SyncMessages messages) => [.. messages.Select(static message => message.Sender)];
}
