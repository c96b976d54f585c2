using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TwilioEmu.Tests.Hosting;

namespace TwilioEmu.Tests.Tls;

/// <summary>The TLS port on a real socket.</summary>
public sealed class TlsDoorTests : IAsyncLifetime
{
    private OpenHouse _house = null!;

    public async ValueTask InitializeAsync() => _house = await OpenHouse.OpenAsync(e => e with { TlsNames = ["twilioemu"] });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("api.twilio.com")]
    [InlineData("api.dublin.ie1.twilio.com")]
    [InlineData("localhost")]
    [InlineData("api.localhost")]
    [InlineData("twilioemu")]
    public async Task A_name_of_ours_is_answered_with_its_own_certificate(string name)
    {
        using var client = _house.Aliased();
        using var answer = await client.GetAsync($"https://{name}/2010-04-01/Accounts/{OpenHouse.Account}.json");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_is_answered_too()
    {
        using var client = _house.Aliased();
        (await client.GetAsync($"https://127.0.0.1:{_house.Tls.Port}/_emu/v1/health")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Both_versions_of_http_are_spoken(string version)
    {
        using var client = _house.Aliased();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://api.twilio.com/2010-04-01/Accounts/{OpenHouse.Account}.json")
        {
            Version = new Version(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Version.Should().Be(new Version(version));
    }

    [Fact]
    public async Task A_product_host_leads_to_its_product_and_links_lead_back_there()
    {
        using var client = _house.Aliased();
        using var form = new FormUrlEncodedContent([new("FriendlyName", "one")]);
        using var answer = await client.PostAsync("https://verify.twilio.com/v2/Services", form);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("url").GetString().Should().StartWith("https://verify.twilio.com/v2/Services/VA");
        json.RootElement.GetProperty("links").EnumerateObject().First().Value.GetString()
            .Should().StartWith("https://verify.twilio.com/v2/Services/VA");
    }

    [Fact]
    public async Task A_name_that_is_not_ours_is_refused_in_words_and_by_an_alert()
    {
        using var client = _house.Aliased();
        var refused = await FluentActions.Awaiting(() => client.GetAsync("https://example.com/"))
            .Should().ThrowAsync<HttpRequestException>();
        refused.Which.ToString().Should().Contain("unrecognized name", "OpenSSL words the alert so");
        (await _house.JournalledAsync("tls.refused")).Should().Contain("example.com");
    }

    [Fact]
    public async Task A_client_that_does_not_trust_the_root_is_told_of_in_the_journal()
    {
        // Most TLS libraries look at the certificate in the middle of the handshake, and leave there; .NET's own does so after it.
        using var client = await _house.RawAsync();
        await client.SendAsync("CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n");
        await client.UntilAsync("\r\n\r\n");
        await client.Socket.SendAsync(await ClientHello.ForAsync("api.twilio.com"));
        client.EndSending();
        await client.ToEndAsync();
        (await _house.JournalledAsync("tls.failed")).Should().Contain("api.twilio.com").And.Contain("may not trust");
    }

    [Fact]
    public async Task Rubbish_is_dropped_and_the_port_goes_on_listening()
    {
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(_house.Tls);
            await socket.SendAsync("what is this, please?\r\n\r\n"u8.ToArray());
            using var raw = new RawClient(socket);
            await raw.ToEndAsync();
        }
        using var client = _house.Aliased();
        (await client.GetAsync("https://api.twilio.com/_emu/v1/health")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_control_api_hands_out_the_root_and_a_bundle_with_the_machines_own()
    {
        using var client = new HttpClient();
        var root = await client.GetStringAsync($"{_house.Server.Url}/_emu/v1/ca.pem");
        root.Should().Be(_house.Server.CaPem).And.StartWith("-----BEGIN CERTIFICATE-----");
        (await client.GetStringAsync($"{_house.Server.Url}/_emu/v1/ca-bundle.pem")).Should().EndWith(root);
    }

    [Fact]
    public async Task The_root_survives_a_reset()
    {
        var before = _house.Server.CaPem;
        await _house.Server.ResetAsync();
        _house.Server.CaPem.Should().Be(before);
    }
}
