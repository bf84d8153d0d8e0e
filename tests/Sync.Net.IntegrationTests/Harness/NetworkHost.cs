namespace Sync.Net.IntegrationTests.Harness;

/// <summary>A host of a <see cref="NetworkLab"/>: a network namespace with a link to the others.</summary>
internal sealed record NetworkHost(string Namespace, string Link, string V4, string V6)
{
    /// <summary>What runs a program on this host.</summary>
    public IReadOnlyList<string> Prefix => ["ip", "netns", "exec", Namespace];
}
