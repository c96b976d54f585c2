using System.Net;
using System.Net.Sockets;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Testing.Files;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Tests that read the memory of the whole process: no other runs beside them.</summary>
[CollectionDefinition(nameof(ReadsMemory), DisableParallelization = true)]
public sealed class ReadsMemory;

/// <summary>A flood of nonsense at the SIP port is borne, and leaves nothing behind.</summary>
[Trait("slow", "")]
[Collection(nameof(ReadsMemory))]
public sealed class FloodTests
{
    private const string Waits = "<Response><Say>Hello</Say><Pause length=\"60\"/></Response>";

    private static SippScenario Call(int milliseconds) => new SippScenario("service", SipDomainHouse.Domain)
        .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200).Send("ACK").Pause(milliseconds)
        .Send("BYE").Receive(200);

    [Fact]
    public async Task A_hundred_thousand_fuzzed_datagrams_and_half_open_connections_leave_a_call_untouched_and_memory_flat()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, callers: false, address: "127.0.0.1");
        var calling = StrangerProgram.SippAsync(
            Call(20_000).ToString(), $"127.0.0.1:{house.Port}", "-m", "1", "-p", $"{OwnPorts.One()}");
        await house.ExpectAsync(SipEntries.Connected);
        var seeds = Directory.GetFiles(
            Repository.At("fixtures", "sip"), "*.sip", SearchOption.AllDirectories).Select(File.ReadAllBytes).ToArray();
        var random = new Random(7);
        using var socket = new UdpClient();
        Flood(10_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Flood(90_000);
        var halfOpen = new List<TcpClient>();
        for (var i = 0; i < 700; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, house.Port);
            await client.GetStream().WriteAsync("INVITE sip:"u8.ToArray());
            halfOpen.Add(client);
        }
        house.Host.ConnectionCount.Should().BeLessThan(600, "one address has so many connections and no more");
        foreach (var client in halfOpen) client.Dispose();
        (await calling).Code.Should().Be(0, "the call went on, and ended as it should");
        await house.ExpectAsync(CallEntries.Completed);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        (after - before).Should().BeLessThan(16 * 1024 * 1024);

        void Flood(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var seed = seeds[random.Next(seeds.Length)];
                var bytes = seed.AsSpan(0, random.Next(1, seed.Length + 1)).ToArray();
                for (var changes = random.Next(8); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                socket.Send(bytes, bytes.Length, new IPEndPoint(IPAddress.Loopback, house.Port));
            }
        }
    }
}
