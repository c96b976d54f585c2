using Strangers.Emulators;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Sync.V1.Service;

namespace Strangers;

/// <summary>Twilio's no, as the SDK for .NET throws it: twilio.com/docs/usage/twilios-response.</summary>
public sealed class ErrorsTests(House house) : IClassFixture<House>
{
    private const string Nobody = "00000000000000000000000000000000";

    [Fact]
    public async Task What_is_not_there_is_404_20404()
    {
        var client = (await house.NewAccountAsync()).Client;
        await RefusesAsync(() => MessageResource.FetchAsync($"SM{Nobody}", client: client), 404, 20404);
        await RefusesAsync(() => CallResource.FetchAsync($"CA{Nobody}", client: client), 404, 20404);
        await RefusesAsync(() => Twilio.Rest.Verify.V2.ServiceResource.FetchAsync($"VA{Nobody}", client), 404, 20404);
        await RefusesAsync(() => Twilio.Rest.Sync.V1.ServiceResource.DeleteAsync($"IS{Nobody}", client), 404, 20404);
        await RefusesAsync(() => Twilio.Rest.Taskrouter.V1.WorkspaceResource.UpdateAsync($"WS{Nobody}", client: client), 404, 20404);
    }

    [Fact]
    public async Task A_wrong_token_is_401_20003()
    {
        var sid = (await house.NewAccountAsync()).Sid;
        await RefusesAsync(() => MessageResource.FetchAsync($"SM{Nobody}", client: house.ClientOf(sid, "wrong").Client), 401, 20003);
        await RefusesAsync(() => Twilio.Rest.Verify.V2.ServiceResource.FetchAsync($"VA{Nobody}", house.ClientOf($"AC{Nobody}", "wrong").Client), 401, 20003);
    }

    [Fact]
    public async Task A_refusal_leads_to_its_page()
    {
        var client = (await house.NewAccountAsync()).Client;
        var refused = await RefusesAsync(() => Twilio.Rest.Sync.V1.Service.DocumentResource.FetchAsync("none", "none", client), 404, 20404);
        refused.Message.Should().NotBeEmpty();
        refused.MoreInfo.Should().Contain("twilio.com/docs/errors/");
    }

    [Fact]
    public async Task A_message_to_no_number_is_400_21211()
    {
        var client = (await house.NewAccountAsync()).Client;
        var sender = await House.NewSenderAsync(client);
        await RefusesAsync(() => MessageResource.CreateAsync("nobody", from: sender, body: "hello", client: client), 400, 21211);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict_and_a_revision_of_yesterday_412()
    {
        var client = (await house.NewAccountAsync()).Client;
        var service = (await Twilio.Rest.Sync.V1.ServiceResource.CreateAsync(client: client)).Sid;
        var document = await DocumentResource.CreateAsync(service, uniqueName: "one", client: client);
        await RefusesAsync(() => DocumentResource.CreateAsync(service, uniqueName: "one", client: client), 409, 54301);
        await DocumentResource.UpdateAsync(service, "one", data: "{\"a\":2}", ifMatch: document.Revision, client: client);
        await RefusesAsync(() => DocumentResource.UpdateAsync(service, "one", data: "{\"a\":3}", ifMatch: "0", client: client), 412, 54103);
    }

    private static async Task<ApiException> RefusesAsync(Func<Task> act, int status, int code)
    {
        var thrown = (await act.Should().ThrowAsync<ApiException>()).Which;
        (thrown.Status, thrown.Code).Should().Be((status, code));
        return thrown;
    }
}
