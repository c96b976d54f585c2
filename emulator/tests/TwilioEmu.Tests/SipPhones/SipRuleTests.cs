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
        (await house.RefusalOfAsync(
            HttpMethod.Post, $"SIP/CredentialLists/{list}/Credentials.json", "Username", "ann", "Password", password)).Should().Be(21243);
    }

    [Fact]
    public async Task A_list_is_mapped_once_by_either_path_and_stays_while_it_is_mapped()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var list = (await house.GetAsync("SIP/CredentialLists.json")).GetProperty("credential_lists")[0].GetProperty("sid").GetString()!;
        (await house.RefusalOfAsync(
            HttpMethod.Post, $"SIP/Domains/{house.DomainSid}/CredentialListMappings.json", "CredentialListSid", list)).Should().Be(21231);
        (await house.RefusalOfAsync(HttpMethod.Delete, $"SIP/CredentialLists/{list}.json")).Should().Be(21241);
        (await house.GetAsync($"SIP/Domains/{house.DomainSid}.json")).GetProperty("auth_type").GetString().Should().Be("CREDENTIAL_LIST");
    }

    [Fact]
    public async Task A_domain_with_others_below_it_stays()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var below = await house.PostAsync("SIP/Domains.json", "DomainName", "desk.yourname.sip.twilio.com");
        (await house.RefusalOfAsync(HttpMethod.Delete, $"SIP/Domains/{house.DomainSid}.json")).Should().Be(21233);
        await house.DeleteAsync($"SIP/Domains/{below}.json");
        await house.DeleteAsync($"SIP/Domains/{house.DomainSid}.json");
    }

    [Fact]
    public async Task An_address_list_stays_while_it_is_mapped()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", address: "192.0.2.7");
        var list = (await house.GetAsync("SIP/IpAccessControlLists.json")).GetProperty(
            "ip_access_control_lists")[0].GetProperty("sid").GetString()!;
        (await house.RefusalOfAsync(HttpMethod.Delete, $"SIP/IpAccessControlLists/{list}.json")).Should().Be(21236);
        await house.DeleteAsync($"SIP/Domains/{house.DomainSid}/Auth/Calls/IpAccessControlListMappings/{list}.json");
        await house.DeleteAsync($"SIP/IpAccessControlLists/{list}.json");
    }

    /// <summary>
    /// What is made, with <c>#</c> for its number; how many there are already; how many there may be, and the code of one more.
    /// </summary>
    [Theory]
    [InlineData("SIP/Domains.json", "DomainName=d#.sip.twilio.com", 1, 100, 21230)]
    [InlineData("SIP/CredentialLists.json", "FriendlyName=list #", 1, 100, 21239)]
    [InlineData("SIP/IpAccessControlLists.json", "FriendlyName=list #", 1, 1000, 21255)]
    [InlineData("SIP/CredentialLists/{CL}/Credentials.json", "Username=u#&Password=Correct1Horse2Battery", 2, 1000, 21242)]
    [InlineData("SIP/IpAccessControlLists/{AL}/IpAddresses.json", "FriendlyName=a&IpAddress=10.0.0.#", 1, 100, 21237)]
    public async Task There_may_be_so_many_and_no_more(string path, string form, int already, int most, int code)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", address: "192.0.2.7");
        var credentials =
            (await house.GetAsync("SIP/CredentialLists.json")).GetProperty("credential_lists")[0].GetProperty("sid").GetString()!;
        var addresses = (await house.GetAsync("SIP/IpAccessControlLists.json")).GetProperty(
            "ip_access_control_lists")[0].GetProperty("sid").GetString()!;
        path = path.Replace("{CL}", credentials, StringComparison.Ordinal).Replace("{AL}", addresses, StringComparison.Ordinal);
        string[] Pairs(int number) =>
        [
            .. form.Replace("#", $"{number}", StringComparison.Ordinal).Split('&').SelectMany(p => p.Split('=')),
        ];
        for (var i = already; i < most; i++) await house.PostAsync(path, Pairs(i));
        (await house.RefusalOfAsync(HttpMethod.Post, path, Pairs(most))).Should().Be(code);
    }

    [Fact]
    public async Task A_credential_lists_name_that_is_taken_is_21240()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        (await house.RefusalOfAsync(HttpMethod.Post, "SIP/CredentialLists.json", "FriendlyName", "users")).Should().Be(21240);
    }

    [Fact]
    public async Task An_address_that_is_none_or_is_listed_already_is_21235()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", address: "192.0.2.7");
        var list = (await house.GetAsync("SIP/IpAccessControlLists.json")).GetProperty(
            "ip_access_control_lists")[0].GetProperty("sid").GetString()!;
        foreach (var address in new[] { "192.0.2.7", "2001:db8::1", "300.1.1.1", "7" })
        {
            (await house.RefusalOfAsync(
                HttpMethod.Post, $"SIP/IpAccessControlLists/{list}/IpAddresses.json", "FriendlyName", "x", "IpAddress", address))
                .Should().Be(21235, address);
        }
    }
}
