using Microsoft.Extensions.Logging;
using Sync.Net.Runtime.Server;

namespace Sync.Net.Runtime.Member;

/// <summary>What a connector needs to get its member a link.</summary>
/// <param name="Plan">Who and where.</param>
/// <param name="Seat">As what the member asks for its seat.</param>
/// <param name="Hosting">How to host, should this member be the one.</param>
/// <param name="Limits">The member's own bounds.</param>
/// <param name="Logger">Takes the log.</param>
internal sealed record ConnectorSettings(MemberPlan Plan, MemberSeat Seat, ServerSettings Hosting, SyncLimits Limits, ILogger Logger);
