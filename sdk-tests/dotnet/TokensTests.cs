using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Strangers.Emulators;
using Twilio.Exceptions;
using Twilio.Jwt.AccessToken;
using Twilio.Rest.Api.V2010.Account;

namespace Strangers;

/// <summary>What the SDK's JWT classes sign for browsers and phones, with a key made here: twilio.com/docs/iam/access-tokens.</summary>
public sealed class TokensTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task An_access_token_is_signed_with_the_secret_of_a_key_that_is_there_and_grants_what_was_asked()
    {
        var stranger = await house.NewAccountAsync();
        var key = await NewKeyResource.CreateAsync(friendlyName: "browsers", client: stranger.Client);
        var application = await ApplicationResource.CreateAsync(friendlyName: "a phone", client: stranger.Client);
        var sync = await Twilio.Rest.Sync.V1.ServiceResource.CreateAsync(client: stranger.Client);
        var token = new Token(stranger.Sid, key.Sid, key.Secret, "ann", grants:
        [
            new VoiceGrant { OutgoingApplicationSid = application.Sid, IncomingAllow = true }, new SyncGrant { ServiceSid = sync.Sid }, new VideoGrant { Room = "a room" },
        ]);
        var parts = token.ToJwt().Split('.');

        parts[2].Should().Be(WebEncoders.Base64UrlEncode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"))));
        using var claims = JsonDocument.Parse(WebEncoders.Base64UrlDecode(parts[1]));
        claims.RootElement.GetProperty("iss").GetString().Should().Be(key.Sid);
        claims.RootElement.GetProperty("sub").GetString().Should().Be(stranger.Sid);
        var grants = claims.RootElement.GetProperty("grants");
        grants.GetProperty("identity").GetString().Should().Be("ann");
        grants.GetProperty("voice").GetProperty("outgoing").GetProperty("application_sid").GetString().Should().Be(application.Sid);
        grants.GetProperty("data_sync").GetProperty("service_sid").GetString().Should().Be(sync.Sid);
        (await KeyResource.FetchAsync(key.Sid, client: stranger.Client)).FriendlyName.Should().Be("browsers");
    }

    [Fact]
    public async Task An_access_token_for_a_browser_opens_no_REST()
    {
        var stranger = await house.NewAccountAsync();
        var key = await NewKeyResource.CreateAsync(client: stranger.Client);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", new Token(stranger.Sid, key.Sid, key.Secret, "ann").ToJwt()) } };
        var answer = await http.GetAsync(new Uri(house.Emulator.Url, $"/2010-04-01/Accounts/{stranger.Sid}/Messages.json"));
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_opens_its_account_until_it_is_deleted()
    {
        var stranger = await house.NewAccountAsync();
        var key = await NewKeyResource.CreateAsync(client: stranger.Client);
        var holder = house.ClientOf(key.Sid, key.Secret, stranger.Sid).Client;
        MessageResource.Read(client: holder).Should().BeEmpty();
        (await KeyResource.DeleteAsync(key.Sid, client: stranger.Client)).Should().BeTrue();
        var late = () => ApplicationResource.CreateAsync(friendlyName: "too late", client: holder);
        (await late.Should().ThrowAsync<ApiException>()).Which.Should().Match<ApiException>(e => e.Status == 401 && e.Code == 20003);
    }
}
