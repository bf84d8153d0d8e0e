using Microsoft.Extensions.Logging;

namespace Sync.Net.Objects;

/// <summary>What barriers and data exchanges log; event ids from 200.</summary>
internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Warning, "{Member} gave up trying barrier '{Tag}' at its timeout; the others have not passed.")]
    public static partial void TriedInVain(ILogger logger, string member, string tag);

    [LoggerMessage(201, LogLevel.Warning, "How {Member}'s call in {Session} ended could not be recorded in {Path}.")]
    public static partial void NotRecorded(ILogger logger, string member, string session, string path, Exception why);
}
