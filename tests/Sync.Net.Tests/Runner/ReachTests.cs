using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner;

/// <summary>Members on other hosts must be able to come to the server; that they can't is told before anything starts.</summary>
public sealed class ReachTests : IDisposable
{
    private readonly MultiHostRun _run = new("run");
    private readonly string _configuration = Path.GetTempFileName();

    public static TheoryData<string, string> Hosts => new()
    {
        { "ssh", "h" },
        { "namespace", "n" },
        { "elsewhere", "e" },
    };

    public void Dispose() => File.Delete(_configuration);

    [Theory]
    [MemberData(nameof(Hosts))]
    public void ListenOnLoopback_WithAMemberOnAnotherHost_IsRefusedWithTheRemedy(string way, string name)
    {
        Add(HostOf(way, name));
        string also = way == "elsewhere" ? "; --advertise 127.0.0.1 if that is this machine" : "";

        foreach (string listen in new[] { "127.0.0.1:0", "127.0.0.1:7000", "localhost:0", "[::1]:0" })
        {
            _run.Listen = listen;
            Assert.Equal(
                $"The run 'run' can't start: far is on another host ({name}), and would be told the server's address {listen[..listen.LastIndexOf(':')].Trim('[', ']')}, which leads nowhere from there: " +
                $"listen at this machine's address there by Listen (--listen ADDRESS:0), or at all of them (--listen 0.0.0.0:0) and say by Advertise (--advertise HOST) what it is called there{also}.",
                Fault());
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void ListenOnAllAddresses_WithoutSayingWhatThisMachineIsCalled_IsRefused(string way, string name)
    {
        Add(HostOf(way, name));
        _run.Listen = "0.0.0.0:0";

        Assert.Contains("it listens at 0.0.0.0:0; say by Advertise (--advertise HOST) what this machine is called there", Fault(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void AdvertiseOrAnAddress_IsTakenAsItIs(string way, string name)
    {
        Add(HostOf(way, name));
        // A tunnel may lead from a loopback address of theirs to one of ours.
        _run.Advertise = "127.0.0.1";
        _run.Validate();
        _run.Advertise = null;
        _run.Listen = "10.0.0.1:0";
        _run.Validate();
        _run.Listen = "this-machine:0";
        _run.Validate();
    }

    [Fact]
    public void UnixSocket_IsThereForNamespacesOfThisMachineAlone()
    {
        _run.Listen = "unix:/tmp/some.sock";
        Add(RunHost.NetworkNamespace("n"));
        _run.Validate();
        _run.Add(new RunMember("other") { Command = ["true"], Host = RunHost.Ssh("h") });

        Assert.Contains("other is on another host (h), and would be told the server's address /tmp/some.sock,", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Local_ComesByLoopback()
    {
        Add(RunHost.Local);
        _run.Validate();
    }

    /// <summary>What ssh itself says of the destination decides; a jump host's own localhost is another machine.</summary>
    [Theory]
    [InlineData("localhost", "", true)]
    [InlineData("root@127.0.0.1", "", true)]
    [InlineData("ssh://me@localhost:2222", "", true)]
    [InlineData("alias", "Host alias\n HostName ::1\n", true)]
    [InlineData("alias", "Host alias\n HostName 10.1.1.1\n", false)]
    [InlineData("localhost", "Host *\n ProxyJump gate\n", false)]
    [InlineData("localhost", "Host *\n ProxyCommand nc %h %p\n", false)]
    [InlineData("localhost", "Host *\n NoSuchOption yes\n", false)]
    public void SshToThisMachine_ComesByLoopback(string destination, string configuration, bool isRun)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "ssh"))), "There is no ssh.");
        File.WriteAllText(_configuration, configuration);
        Add(RunHost.Ssh(destination, _configuration));

        if (isRun) _run.Validate();
        else Assert.Contains("leads nowhere from there", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatIsRefused_HasStartedNothingAndMadeNoFolder()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        bool isStarted = false;
        _run.Folder = folder;
        _run.Add(new RunMember("near") { Action = (_, _) => Task.FromResult(isStarted = true) });
        Add(RunHost.Ssh("h"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _run.RunAsync(TestContext.Current.CancellationToken));

        Assert.False(isStarted || Directory.Exists(folder));
    }

    [Fact]
    public async Task Add_WhileItGoesOn_IsRefusedToo()
    {
        _run.IsOpen = true;
        ArgumentException? fault = null;
        _run.Add(new RunMember("near")
        {
            Action = (_, _) =>
            {
                fault = Assert.Throws<ArgumentException>(() => Add(RunHost.Ssh("h")));
                return Task.CompletedTask;
            },
        });

        Assert.True((await _run.RunAsync(TestContext.Current.CancellationToken)).Passed);
        Assert.StartsWith("Member 'far' can't be added: far is on another host (h)", fault!.Message, StringComparison.Ordinal);
    }

    private static RunHost HostOf(string way, string name) => way switch
    {
        "ssh" => RunHost.Ssh(name),
        "namespace" => RunHost.NetworkNamespace(name),
        _ => RunHost.Elsewhere(name),
    };

    private void Add(RunHost host) => _run.Add(new RunMember("far") { Command = host.GetType().Name == "ElsewhereHost" ? [] : ["true"], Host = host });

    private string Fault() => Assert.Throws<InvalidOperationException>(_run.Validate).Message;
}
