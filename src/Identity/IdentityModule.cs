using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Identity.OAuth;
using Rialto.Identity.Tokens;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What a host adds to know its callers.</summary>
public static class IdentityModule
{
    /// <summary>Tables of organisations and keys.</summary>
    public static SchemaSource Schema { get; } = SchemaSource.FromAssembly("identity", typeof(IdentityModule).Assembly);

    /// <summary>What the module says to people.</summary>
    internal static readonly Texts Texts = Texts.Of(typeof(IdentityModule).Assembly);

    /// <summary>Callers by API key, access token or session, and people on pages (<see cref="IPeople"/>).</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyCallers>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SessionCallers>();
        services.AddSingleton<Throttle>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<SigningIn>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<MailRequests>();
        services.AddSingleton<Registering>();
        services.AddSingleton<Joining>();
        services.AddSingleton(provider => new PlatformAddress(provider.GetRequiredService<SettingLayers>(), provider.GetService<IServer>()));
        services.AddSingleton(Texts);
        services.AddSingleton(JobHandler.For<AccountMail, AccountMailJob>(AccountMail.Job));
        services.AddSingleton<IPeople, People>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<TokenFamilies>();
        services.AddSingleton<DeviceGrants>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<TokenFacts>();
        services.AddSingleton<ICallerSource, Callers>();
        foreach (var setting in IdentitySettings.All) services.AddSingleton(setting);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, IdentityJson.Default));
        return services;
    }

    /// <summary>The operations on keys, people and programs, the page of one-time links, and the addresses OAuth prescribes.</summary>
    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        KeyOperations.Map(routes);
        SignInOperations.Map(routes);
        SessionOperations.Map(routes);
        SecondFactorOperations.Map(routes);
        PasskeyOperations.Map(routes);
        ConfirmOperations.Map(routes);
        RegistrationOperations.Map(routes);
        AccountOperations.Map(routes);
        MemberOperations.Map(routes);
        AgentOperations.Map(routes);
        InvitationOperations.Map(routes);
        RoleOperations.Map(routes);
        OrganisationOperations.Map(routes);
        SignInPage.Map(routes);
        AppOperations.Map(routes);
        ConsentOperations.Map(routes);
        DeviceOperations.Map(routes);
        TokenEndpoint.Map(routes);
        DeviceGrants.Map(routes);
        TokenFacts.Map(routes);
        Discovery.Map(routes);
        return routes;
    }
}
