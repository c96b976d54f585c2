using TwilioEmu.Commands;
using TwilioEmu.Hosting;

namespace TwilioEmu.Tests.Commands;

public sealed class BindFaultTests
{
    private static readonly Endpoints Both = new() { Port = 4010, HttpsPort = 4443 };

    [Theory]
    [InlineData(
        "Failed to bind to address https://127.0.0.1:4010: address already in use.",
        "cannot listen on http://127.0.0.1:4010: another program has the port: stop it, or take another one (--port 0 takes a free one)")]
    [InlineData(
        "Failed to bind to address https://127.0.0.1:4443: address already in use.",
        "cannot listen on https://127.0.0.1:4443: another program has the port: stop it, or take another one (--https-port 0 "
            + "takes a free one)")]
    [InlineData(
        "Failed to bind to address https://127.0.0.1:4010: Permission denied.",
        "cannot listen on http://127.0.0.1:4010: Failed to bind to address https://127.0.0.1:4010: Permission denied. (--host names an "
            + "address of this machine, --port a port you may open)")]
    public void The_right_scheme_and_the_cure_are_named(string fault, string told) =>
        BindFault.Describe(new IOException(fault), Both).Should().Be(told);

    [Fact]
    public async Task A_taken_port_is_told_by_its_own_scheme()
    {
        await using var first = await EmulatorServer.StartAsync(new(), new(), new Endpoints());
        var endpoints = new Endpoints { Port = new Uri(first.Url).Port };
        var second = async () => await EmulatorServer.StartAsync(new(), new(), endpoints);
        var fault = (await second.Should().ThrowAsync<IOException>()).Which;
        BindFault.Describe(fault, endpoints).Should().StartWith($"cannot listen on {first.Url}: another program has the port");
    }
}
