using System.Text;
using TwilioEmu.Hosting;

namespace TwilioEmu.Tests.Hosting;

/// <summary>Whoever waits for what, the process ends soon, and those who wait are told.</summary>
public sealed class StopTests
{
    private static readonly string Expect = Post("/_emu/v1/expect", "{\"match\":{\"kind\":\"call.busy\"},\"within\":\"1h\"}");

    [Fact]
    public async Task Those_who_wait_are_answered_and_the_rest_is_cut_off()
    {
        var house = await OpenHouse.OpenAsync();
        // A clock that stands still: an expect waits for ever.
        using var settled = await house.RawAsync();
        await settled.SendAsync("PUT /_emu/v1/clock HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            + "15\r\nConnection: close\r\n\r\n{\"mode\":\"real\"}");
        (await settled.ToEndAsync()).Should().Contain(" 200 ");
        using var waiting = await house.RawAsync();
        await waiting.SendAsync(Expect);
        using var reader = await house.RawAsync();
        await reader.SendAsync("GET /_emu/v1/journal/stream HTTP/1.1\r\nHost: x\r\n\r\n");
        (await reader.UntilAsync("retry: 1000")).Should().Contain("text/event-stream");
        using var slowHead = await house.RawAsync();
        await slowHead.SendAsync("GET /_emu/v1/health HTTP/1.1\r\nHost: x\r\nX-Slow");
        using var slowBody = await house.RawAsync();
        await slowBody.SendAsync("POST /_emu/v1/reset HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n");
        using var slowConnect = await house.RawAsync();
        await slowConnect.SendAsync("CONNECT api.twilio.com:443 HTTP/1.1\r\n");
        using var silent = await house.RawAsync();

        var begun = TimeProvider.System.GetTimestamp();
        await house.DisposeAsync();
        // The limit is the server's own; what is added is for a machine that is busy with other tests.
        TimeProvider.System.GetElapsedTime(begun).Should().BeLessThan(EmulatorServer.StopLimit + TimeSpan.FromSeconds(10));
        (await waiting.ToEndAsync()).Should().Contain("HTTP/1.1 503");
        (await reader.ToEndAsync()).Should().Contain("event: reset");
        foreach (var other in new[] { slowHead, slowBody, slowConnect, silent }) await other.ToEndAsync().WaitAsync(OpenHouse.Limit);
    }

    private static string Post(string path, string json) =>
        $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            + $"{Encoding.ASCII.GetByteCount(json)}\r\n\r\n{json}";
}
