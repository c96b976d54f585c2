namespace TwilioEmu.Tests.SipPhones;

/// <summary>What SIP domains, lists and mappings refuse (error dictionary 21230 to 21255).</summary>
public sealed class SipRuleTests
{
    [Theory]
    [InlineData("yourname.sip.twilio.com", "the name is taken")]
    [InlineData("YourName.sip.twilio.com", "names have no case")]
    [InlineData("other.sip.us1.twilio.com", "a localised form is no name of a domain")]
    [InlineData("other.example.com", "it ends otherwise")]
    [InlineData("-a.sip.twilio.com", "a label begins with a hyphen")]
    public async Task A_domain_name_that_is_taken_or_none_is_21232(string name, string why)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        (await house.RefusalOfAsync(HttpMethod.Post, "SIP/Domains.json", "DomainName", name)).Should().Be(21232, why);
    }

    [Theory, InlineData("short1Aa"), InlineData("nouppercase1234"), InlineData("NOLOWERCASE1234"), InlineData("NoDigitsAtAllHere")]
    public async Task A_weak_password_is_21243(string password)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var list = await house.PostAsync("SIP/CredentialLists.json", "FriendlyName", "more");
        (await house.RefusalOfAsync(HttpMethod.Post, $"SIP/CredentialLists/{list}/Credentials.json", "Username", "ann", "Password", password)).Should().Be(21243);
    }

    [Fact]
    public async Task A_list_is_mapped_once_by_either_path_and_stays_while_it_is_mapped()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var list = (await house.GetAsync("SIP/CredentialLists.json")).GetProperty("credential_lists")[0].GetProperty("sid").GetString()!;
        (await house.RefusalOfAsync(HttpMethod.Post, $"SIP/Domains/{house.DomainSid}/CredentialListMappings.json", "CredentialListSid", list)).Should().Be(21231);
        (await house.RefusalOfAsync(HttpMethod.Delete, $"SIP/CredentialLists/{list}.json")).Should().Be(21241);
        (await house.GetAsync($"SIP/Domains/{house.DomainSid}.json")).GetProperty("auth_type").GetString().Should().Be("CREDENTIAL_LIST");
    }

    [Fact]
    public async Task An_address_that_is_none_or_is_listed_already_is_21235()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", address: "192.0.2.7");
        var list = (await house.GetAsync("SIP/IpAccessControlLists.json")).GetProperty("ip_access_control_lists")[0].GetProperty("sid").GetString()!;
        foreach (var address in new[] { "192.0.2.7", "2001:db8::1", "300.1.1.1", "7" })
        {
            (await house.RefusalOfAsync(HttpMethod.Post, $"SIP/IpAccessControlLists/{list}/IpAddresses.json", "FriendlyName", "x", "IpAddress", address)).Should().Be(21235, address);
        }
    }
}
