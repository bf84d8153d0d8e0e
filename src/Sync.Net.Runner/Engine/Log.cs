using Microsoft.Extensions.Logging;

namespace Sync.Net.Runner.Engine;

internal static partial class Log
{
    [LoggerMessage(401, LogLevel.Error, "What is told of the progress of run {Run} was not taken")]
    public static partial void ProgressFailed(ILogger logger, string run, Exception exception);
}
