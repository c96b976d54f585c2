using System.Net.Sockets;
using TwilioEmu.Proxy;
using TwilioEmu.Tests.Hosting;

namespace TwilioEmu.Tests.Proxy;

/// <summary>Tunnels to hosts that are not Twilio's.</summary>
public sealed class TunnelTests
{
    [Fact]
    public async Task Bytes_go_both_ways_unchanged()
    {
        await using var far = new FarHost(FarHost.EchoAsync);
        await using var house = await OpenHouse.OpenAsync();
        using var client = await TunnelAsync(house, far.Port);
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(i => (char)('!' + (i % 90))));
        var back = client.UntilAsync("END");
        await client.SendAsync(text + "END");
        (await back).Should().Be(text + "END");
    }

    [Fact]
    public async Task Bytes_sent_with_the_connect_are_the_far_hosts()
    {
        await using var far = new FarHost(FarHost.EchoAsync);
        await using var house = await OpenHouse.OpenAsync();
        using var client = await house.RawAsync();
        await client.SendAsync($"CONNECT 127.0.0.1:{far.Port} HTTP/1.1\r\n\r\nearly");
        (await client.UntilAsync("early")).Should().EndWith("established\r\n\r\nearly");
    }

    [Fact]
    public async Task A_client_that_has_said_its_last_still_hears_the_answer()
    {
        // Reads to the end, and only then answers.
        await using var far = new FarHost(async client => await client.SendAsync("you said: " + await client.ToEndAsync()));
        await using var house = await OpenHouse.OpenAsync();
        using var client = await TunnelAsync(house, far.Port);
        await client.SendAsync("everything");
        client.EndSending();
        (await client.ToEndAsync()).Should().Be("you said: everything");
        await NothingIsLeftAsync(house, far);
    }

    [Fact]
    public async Task A_far_host_that_has_said_its_last_still_hears_the_client()
    {
        var heard = new TaskCompletionSource<string>();
        await using var far = new FarHost(async client =>
        {
            await client.SendAsync(new string('x', 300_000));
            client.EndSending();
            heard.SetResult(await client.ToEndAsync());
        });
        await using var house = await OpenHouse.OpenAsync();
        using var client = await TunnelAsync(house, far.Port);
        (await client.ToEndAsync()).Should().HaveLength(300_000);
        await client.SendAsync("thanks");
        client.EndSending();
        (await heard.Task).Should().Be("thanks");
        await NothingIsLeftAsync(house, far);
    }

    [Fact]
    public async Task A_client_that_vanishes_takes_its_tunnel_along()
    {
        await using var far = new FarHost(FarHost.EchoAsync);
        await using var house = await OpenHouse.OpenAsync();
        using (var client = await TunnelAsync(house, far.Port))
        {
            client.Socket.LingerState = new LingerOption(true, 0);
        }
        await NothingIsLeftAsync(house, far);
    }

    [Fact]
    public async Task A_far_host_that_vanishes_takes_the_tunnel_along()
    {
        await using var far = new FarHost(async client =>
        {
            await client.UntilAsync("go");
            client.Socket.LingerState = new LingerOption(true, 0);
        });
        await using var house = await OpenHouse.OpenAsync();
        using var client = await TunnelAsync(house, far.Port);
        await client.SendAsync("go");
        (await client.ToEndAsync()).Should().BeEmpty();
        await NothingIsLeftAsync(house, far);
    }

    [Fact]
    public async Task An_idle_tunnel_ends()
    {
        await using var far = new FarHost(FarHost.EchoAsync);
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { IdleLimit = TimeSpan.FromMilliseconds(100) } });
        using var client = await TunnelAsync(house, far.Port);
        (await client.ToEndAsync()).Should().BeEmpty();
        await NothingIsLeftAsync(house, far);
    }

    [Fact]
    public async Task More_tunnels_than_there_is_room_for_are_refused()
    {
        await using var far = new FarHost(FarHost.EchoAsync);
        await using var house = await OpenHouse.OpenAsync(e => e with { Proxy = e.Proxy with { MaxTunnels = 2 } });
        using var one = await TunnelAsync(house, far.Port);
        using var two = await TunnelAsync(house, far.Port);
        using (var three = await house.RawAsync())
        {
            await three.SendAsync($"CONNECT 127.0.0.1:{far.Port} HTTP/1.1\r\n\r\n");
            (await three.ToEndAsync()).Should().StartWith("HTTP/1.1 503 ").And.Contain("2 tunnels are open");
        }
        one.Dispose();
        await GoneAsync(() => house.Server.CarriedCount > 1);
        using var four = await TunnelAsync(house, far.Port);
    }

    [Fact]
    public async Task Stopping_the_emulator_ends_its_tunnels()
    {
        await using var far = new FarHost(FarHost.EchoAsync);
        var house = await OpenHouse.OpenAsync();
        using var client = await TunnelAsync(house, far.Port);
        await house.DisposeAsync();
        (await client.ToEndAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Off", "127.0.0.1", "--proxy-passthrough off")]
    [InlineData("Off", "unheard-of.example", "--proxy-passthrough off")]
    [InlineData("Local", "192.0.2.1", "--proxy-passthrough local")]
    public async Task A_host_beyond_its_reach_is_refused_in_words(string reach, string host, string words)
    {
        await using var house = await OpenHouse.OpenAsync(e =>
            e with { Proxy = e.Proxy with { PassThrough = new PassThrough(Enum.Parse<PassThroughReach>(reach), []) } });
        using var client = await house.RawAsync();
        await client.SendAsync($"CONNECT {host}:443 HTTP/1.1\r\n\r\n");
        (await client.ToEndAsync()).Should().StartWith("HTTP/1.1 403 Forbidden\r\n").And.Contain(words);
        (await house.JournalledAsync("proxy.refused")).Should().Contain($"{host}:443");
        house.Server.CarriedCount.Should().Be(0);
    }

    [Fact]
    public async Task Local_reaches_this_machine_by_name()
    {
        await using var far = new FarHost(FarHost.EchoAsync);
        await using var house = await OpenHouse.OpenAsync(
            e => e with { Proxy = e.Proxy with { PassThrough = new PassThrough(PassThroughReach.Local, []) } });
        foreach (var name in new[] { "localhost", "my-app.localhost" })
        {
            using var client = await house.RawAsync();
            await client.SendAsync($"CONNECT {name}:{far.Port} HTTP/1.1\r\n\r\nhi");
            (await client.UntilAsync("hi")).Should().Contain(" 200 ");
        }
    }

    [Fact]
    [Trait("slow", "yes")]
    public async Task A_thousand_idle_tunnels_stand_and_go_without_a_trace()
    {
        const int Count = 1000;
        await using var far = new FarHost(FarHost.EchoAsync);
        await using var house = await OpenHouse.OpenAsync();
        var clients = new List<RawClient>();
        for (var i = 0; i < Count; i++) clients.Add(await TunnelAsync(house, far.Port));
        house.Server.CarriedCount.Should().Be(Count);
        // Each of them still carries.
        foreach (var client in clients) await client.SendAsync("x");
        foreach (var client in clients) (await client.UntilAsync("x")).Should().Be("x");
        clients.ForEach(c => c.Dispose());
        await NothingIsLeftAsync(house, far);
    }

    private static async Task<RawClient> TunnelAsync(OpenHouse house, int port)
    {
        var client = await house.RawAsync();
        await client.SendAsync($"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        (await client.UntilAsync("\r\n\r\n")).Should().Be("HTTP/1.1 200 Connection established\r\n\r\n");
        return client;
    }

    private static Task NothingIsLeftAsync(OpenHouse house, FarHost far) => GoneAsync(() => house.Server.CarriedCount + far.OpenCount > 0);

    /// <summary>The other ends notice on threads of their own: given way to until they have, or the test run's limit ends this.</summary>
    private static async Task GoneAsync(Func<bool> isThere)
    {
        using var limit = new CancellationTokenSource(OpenHouse.Limit);
        while (isThere())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
