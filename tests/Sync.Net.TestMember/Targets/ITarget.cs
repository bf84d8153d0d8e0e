using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember.Targets;

/// <summary>An object of the library under the name that a command gave it.</summary>
internal interface ITarget : IAsyncDisposable
{
    Task<CallResult> CallAsync(Command command, CancellationToken cancellationToken);
}
