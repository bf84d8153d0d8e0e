namespace Sync.Net.Runtime.Member;

/// <summary>What the machine needs to know of its plan.</summary>
internal sealed record MemberMachineOptions
{
    /// <summary>Where the server is or will be, for texts.</summary>
    public required string Where { get; init; }

    public required TimeSpan ReconnectWindow { get; init; }

    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(5);

    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the coordinator has to answer a deadline or a cancellation.</summary>
    public TimeSpan AnswerGrace { get; init; } = TimeSpan.FromSeconds(1);
}
