using System.Net;
using System.Net.Http.Json;
using Bookings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace TwilioEmu.Host.Tests.Apps;

/// <summary>An app of this process, joined to the emulator in one call.</summary>
public sealed class AttachTests
{
    private const string Number = "+14155550100";
    private const string Phone = "+14155550199";
    private const string Origin = "https://bookings.test";

    [Fact]
    public async Task An_app_with_the_official_SDK_is_joined_both_ways()
    {
        await using var twilio = await StartAsync();
        await using var app = Attach(twilio);
        using var staff = app.CreateClient();
        var guest = twilio.Handset(Phone);
        (await staff.PostAsJsonAsync("/bookings", new Booking(Phone, "Ada", 4))).StatusCode.Should().Be(HttpStatusCode.Accepted);
        await guest.ShouldReceiveAsync("your table for 4", from: Number);
        await guest.TextAsync(Number, "C");
        await guest.ShouldReceiveAsync("free again");
    }

    [Fact]
    public async Task The_apps_exception_is_in_the_text_of_a_failed_expectation()
    {
        await using var twilio = await StartAsync("/broken");
        await using var app = Attach(twilio, ("/broken", _ => throw new InvalidOperationException("the till is jammed")));
        await twilio.Handset(Phone).TextAsync(Number, "hello");
        var wait = () => twilio.Handset(Phone).ShouldReceiveAsync();
        (await wait.Should().ThrowAsync<ExpectationFailedException>()).Which.Message
            .Should().Contain("the app  POST /broken").And.Contain(
                "InvalidOperationException: the till is jammed").And.Contain(nameof(AttachTests));
    }

    [Fact]
    public async Task An_app_is_told_of_each_status_once()
    {
        await using var twilio = await StartAsync();
        await using var app = Attach(twilio);
        using var staff = app.CreateClient();
        await staff.PostAsJsonAsync("/bookings", new Booking(Phone, "Ada", 4));
        var told = await twilio.ShouldBeToldAsync("/twilio/status", "delivered");
        (told.Status, told.Url).Should().Be((204, $"{Origin}/twilio/status"));
        (await staff.GetFromJsonAsync<Booking>($"/bookings/{Phone}"))!.Confirmation.Should().Be("delivered");
        await twilio.ShouldBeToldAsync($"{Origin}/twilio/status", "sent", about: told.Subject);
        var again = () => twilio.ShouldBeToldAsync("/twilio/status", "delivered");
        (await again.Should().ThrowAsync<ExpectationFailedException>()).Which.Message
            .Should().Contain("should be told \"delivered\" at /twilio/status")
            .And.Contain("it was told");
        var elsewhere = () => twilio.ShouldBeToldAsync("/twilio/stat");
        await elsewhere.Should().ThrowAsync<ExpectationFailedException>();
    }

    [Fact]
    public async Task An_app_that_was_told_and_answered_badly_was_not_told_well()
    {
        await using var twilio = await StartAsync("/teapot");
        RequestDelegate answer = http =>
        {
            http.Response.StatusCode = 418;
            return Task.CompletedTask;
        };
        await using var app = Attach(twilio, ("/teapot", answer));
        await twilio.Handset(Phone).TextAsync(Number, "hello");
        var wait = () => twilio.ShouldBeToldAsync("/teapot");
        (await wait.Should().ThrowAsync<ExpectationFailedException>()).Which.Message.Should().Contain("it was, and answered 418");
    }

    [Fact]
    public async Task A_settled_world_has_nothing_more_to_tell_the_app()
    {
        await using var twilio = await StartAsync();
        await using var app = Attach(twilio);
        using var staff = app.CreateClient();
        await staff.PostAsJsonAsync("/bookings", new Booking(Phone, "Ada", 4));
        var rest = await twilio.SettleAsync();
        (await staff.GetFromJsonAsync<Booking>($"/bookings/{Phone}"))!.Confirmation.Should().Be("delivered");
        (rest.NextDue is null || rest.NextDue - rest.Now > TimeSpan.FromMinutes(1)).Should().BeTrue();
        (await twilio.SettleAsync()).Now.Should().Be(rest.Now);
    }

    [Fact]
    public async Task A_world_that_does_not_come_to_rest_says_so()
    {
        await using var twilio = await StartAsync();
        await using var tick = twilio.TimeProvider.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var settle = () => twilio.SettleAsync(within: TimeSpan.FromSeconds(20));
        (await settle.Should().ThrowAsync<TimeoutException>()).Which.Message
            .Should().Contain("has not come to rest").And.Contain("timers wait");
    }

    [Fact]
    public async Task What_the_app_sends_elsewhere_goes_where_it_was_going()
    {
        await using var shop = await ShopApp.StartAsync();
        await using var twilio = await StartAsync();
        await using var app = twilio.Attach(
            new WebApplicationFactory<Program>(), Origin,
            builder =>
                builder.ConfigureServices(services =>
                    services.AddHttpClient("pictures").ConfigurePrimaryHttpMessageHandler(() => shop.CreateHandler())));
        using var pictures = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("pictures");
        (await pictures.GetByteArrayAsync("https://example.com/picture.png")).Should().Equal(ShopApp.Picture);
        (await pictures.GetAsync("https://api.twilio.com/2010-04-01/Accounts.json")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_app_that_asks_for_the_time_gets_the_worlds()
    {
        await using var twilio = await StartAsync();
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(
            b => b.ConfigureServices(s => s.AddSingleton(TimeProvider.System)));
        await using var attached = twilio.Attach(app, Origin);
        attached.Services.GetRequiredService<TimeProvider>().Should().BeSameAs(twilio.TimeProvider);
    }

    private static Task<TwilioEmuHost> StartAsync(string smsPath = "/twilio/sms") =>
        TwilioEmuHost.StartAsync(new() { Port = null, Config = new EmulatorConfig().Number(Number, smsUrl: Origin + smsPath) });

    private static WebApplicationFactory<Program> Attach(TwilioEmuHost twilio, params (string Path, RequestDelegate Answer)[] more) =>
        twilio.Attach(
            new WebApplicationFactory<Program>(), Origin, app =>
                app.UseSetting("Twilio:Number", Number).UseSetting("Twilio:PublicUrl", Origin)
                    .ConfigureServices(services => services.AddSingleton<IStartupFilter>(new MorePaths(more))));

    private sealed class MorePaths((string Path, RequestDelegate Answer)[] more) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            foreach (var (path, answer) in more) app.Map(path, branch => branch.Run(answer));
            next(app);
        };
    }
}
